import { describe, expect, it } from 'vitest';
import { chromiumLinux } from '../../testing/chromium-browsers.ts';
import { changed, factsOf } from '../../testing/facts-builder.ts';
import { automationGlobals } from './automation-globals.ts';

const typeOf = (...globals: string[]) =>
  automationGlobals(
    factsOf(changed(chromiumLinux, { automation: { globals, navigatorOwn: [], patched: [], webdriver: false } })),
  ).type;

describe('automationGlobals', () => {
  it.each([
    ['__pwInitScripts', 'playwright'],
    ['__playwright__binding__', 'playwright'],
    ['__puppeteer_utility_world__', 'puppeteer'],
    ['$cdc_asdjflasutopfhvcZLmcfl_', 'selenium'],
    ['__webdriver_evaluate', 'selenium'],
    ['Cypress', 'cypress'],
    ['__nightmare', 'nightmarejs'],
    ['callPhantom', 'phantomjs'],
    ['somethingNew', 'unknown'],
  ])('knows %s as %s', (name, tool) => {
    expect(typeOf(name)).toBe(tool);
  });

  it('takes the name that says something', () => {
    expect(typeOf('somethingNew', '__pwInitScripts')).toBe('playwright');
  });
});
