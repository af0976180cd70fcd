import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../../testing/chromium-browsers.ts';
import { emptyVisit, factsOf } from '../../testing/facts-builder.ts';
import { firefoxPrivate, firefoxResisting, safariPad } from '../../testing/other-browsers.ts';
import { botDetectors } from './registry.ts';

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const page = readFileSync(new URL('../../../../../docs/signals/botd.md', import.meta.url), 'utf8');

describe.each(Object.entries(botDetectors))('%s', (name, detect) => {
  it('has a file and a test named after it, and a line on the page of botd', () => {
    expect(existsSync(new URL(`./${kebab(name)}.ts`, import.meta.url))).toBe(true);
    expect(existsSync(new URL(`./${kebab(name)}.test.ts`, import.meta.url))).toBe(true);
    expect(page).toContain(`\`${name}\``);
  });

  it('bears its name in its finding and does not look without evidence', () => {
    expect(detect(emptyVisit)).toEqual({ detector: name, outcome: 'not-looked', evidence: [] });
  });

  it.each(Object.entries({ chromiumLinux, firefoxPrivate, firefoxResisting, safariPad }))(
    'finds no automation in %s',
    (_, browser) => {
      expect(detect(factsOf(browser)).outcome).not.toBe('automation');
    },
  );
});
