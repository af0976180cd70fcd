import { existsSync, readFileSync } from 'node:fs';
import { signalNames } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { notYetFiring } from '../testing/exceptions.ts';
import { signalRegistry } from './registry.ts';

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const here = (path: string): URL => new URL(path, import.meta.url);
const docs = (path: string): URL => here(`../../../../docs/signals/${path}`);
const read = (path: URL): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');

const index = read(docs('README.md'));

describe('signalRegistry', () => {
  it('judges the products of the contract in its order', () => {
    expect(Object.keys(signalRegistry)).toEqual(signalNames);
  });

  describe.each(signalNames)('%s', (name) => {
    const page = read(docs(`${kebab(name)}.md`));

    it('has a file named after it that exports its judge', () => {
      const judge = `judge${name[0]?.toUpperCase()}${name.slice(1)}`;
      expect(read(here(`./${kebab(name)}.ts`))).toContain(`export const ${judge}: SignalJudge<'${name}'>`);
    });

    it('has a test with its fixtures', () => {
      // describeSignal itself fails where a kind of fixture is missing without a reason.
      expect(read(here(`./${kebab(name)}.test.ts`))).toContain(`describeSignal('${name}'`);
    });

    it('has a page that tells what it means, from what, how sure, what misleads it and how to test it', () => {
      const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
      expect(page).toMatch(new RegExp(`^# ${name}\\n`));
      expect(headings).toEqual(
        expect.arrayContaining(['Evidence', 'How sure', 'Known false answers', 'How to test it']),
      );
      expect(index).toContain(`(${kebab(name)}.md)`);
    });

    it('says on its page whether it can fire yet', () => {
      expect(page.includes('**Cannot fire yet**')).toBe(name in notYetFiring);
    });
  });
});
