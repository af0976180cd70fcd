import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, findFirefox } from './find-browser.ts';
import { canRun, isFound } from './finding.ts';
import { type ByHandOptions, launchByHand } from './launch-by-hand.ts';
import { launchDriven } from './launch-driven.ts';
import { otherFonts } from './other-fonts.ts';
import { packagedChromium } from './packaged-chromium.ts';
import { type PageServer, startPageServer } from './page-server.ts';
import { findDisplay } from './virtual-display.ts';

const PAGE = `<!doctype html><script>
  const width = (font) => {
    const context = document.createElement('canvas').getContext('2d');
    context.font = '72px ' + font;
    return context.measureText('mmMwWLliI0O').width;
  };
  fetch('/report', {
    method: 'POST',
    body: JSON.stringify({
      webdriver: navigator.webdriver === true,
      agent: navigator.userAgent,
      screen: screen.width,
      languages: navigator.languages,
      processors: navigator.hardwareConcurrency,
      hasMenlo: ['serif', 'sans-serif', 'monospace'].some((family) => width('Menlo, ' + family) !== width(family)),
    }),
  });
</script>`;

const chromium = await findChromium();
const firefox = await findFirefox();
const display = await findDisplay();
const headed = canRun(display, 'browsers with a window') && chromium.headed;

let pages: PageServer;
beforeAll(async () => {
  pages = await startPageServer();
});
afterAll(() => pages.stop());

const visit = async (options: Omit<ByHandOptions, 'url'>) => {
  const browser = await launchByHand({ ...options, url: pages.serve('/', PAGE) });
  try {
    return await pages.nextReport();
  } finally {
    await browser.stop();
  }
};

describe('launchDriven', () => {
  it('starts a Chromium that shows itself as driven', async () => {
    const browser = await launchDriven();
    const page = await browser.newPage();
    await page.goto(pages.serve('/', PAGE));
    expect(await pages.nextReport()).toMatchObject({ webdriver: true });
    await browser.close();
  });
});

describe.runIf(process.platform === 'linux')('packagedChromium', () => {
  it('is a second Chromium, which starts, shows pages and has WebGL', async () => {
    const found = await packagedChromium();
    expect(found).toMatchObject({ source: 'sparticuz', headed: false });
    if (found === undefined) return;
    const browser = await launchDriven({ browser: found });
    const page = await browser.newPage();
    await page.goto(pages.serve('/', PAGE));
    expect(await pages.nextReport()).toMatchObject({ agent: expect.stringContaining('Chrome/') });
    expect(await page.evaluate(() => document.createElement('canvas').getContext('webgl') !== null)).toBe(true);
    await browser.close();
  });
});

describe('launchByHand', () => {
  it('starts a headless Chromium that nothing drives', async () => {
    expect(await visit({ browser: 'chromium', headed: false })).toMatchObject({
      // A build without windows calls itself driven, whoever started it.
      webdriver: !chromium.headed,
      agent: expect.stringContaining('HeadlessChrome/'),
    });
  });

  it.runIf(headed)('starts a Chromium with a window', async () => {
    const report = await visit({ browser: 'chromium' });
    expect(report).toMatchObject({ webdriver: false, agent: expect.not.stringContaining('Headless') });
  });

  it.runIf(headed && canRun(firefox, 'Firefox by hand'))('starts a Firefox with a window', async () => {
    const report = await visit({ browser: 'firefox' });
    expect(report).toMatchObject({ webdriver: false, agent: expect.stringContaining('Firefox/') });
  });

  it.runIf(process.platform === 'linux')('shows a Chromium as if it were on another machine', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'whorl-fonts-'));
    const here = await visit({ browser: 'chromium', headed: false });
    const env = await otherFonts(folder);
    const there = await visit({ browser: 'chromium', headed: false, languages: 'fr,de', processors: 1, env });
    await rm(folder, { recursive: true });
    expect(there).toMatchObject({ languages: ['fr', 'de'], processors: 1, hasMenlo: true });
    expect(here).toMatchObject({ languages: expect.not.arrayContaining(['fr']), hasMenlo: false });
  });

  it.runIf(isFound(firefox))('starts a Firefox in the languages that it is given', async () => {
    const report = await visit({ browser: 'firefox', headed: false, languages: 'fr,de' });
    expect(report).toMatchObject({ languages: ['fr', 'de'] });
  });

  it.runIf(isFound(firefox))('starts a headless Firefox', async () => {
    const report = await visit({ browser: 'firefox', headed: false });
    expect(report).toMatchObject({ webdriver: false, agent: expect.stringContaining('Firefox/') });
  });
});
