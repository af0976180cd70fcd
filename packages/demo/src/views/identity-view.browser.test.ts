import type { Identity, IdentityExplanation } from '@whorl/contract';
import { type Browser, launchDriven, type Page } from '@whorl/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleViews } from '../testing/bundle-views.ts';
import { sampleEvent } from '../testing/sample-event.ts';
import { keyExplanation, newExplanation, sampleIdentity } from '../testing/sample-explanation.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const { script, styles } = await bundleViews(`
    import { identityView } from './views/identity-view.ts';
    window.show = (event) => document.querySelector('#identity-body').replaceChildren(identityView(event, event.time));
  `);
  browser = await launchDriven();
  page = await browser.newPage();
  const main = '<main><section id="identity"><h2>Identity</h2><div id="identity-body"></div></section></main>';
  await page.setContent(`<!doctype html><html lang="en"><title>Identity</title><style>${styles}</style>${main}`);
  await page.addScriptTag({ content: script });
});
afterAll(() => browser?.close());
beforeEach(() => page.setViewportSize({ width: 1280, height: 900 }));

const show = (identity: Identity): Promise<void> => page.evaluate(`show(${JSON.stringify(sampleEvent({ identity }))})`);

const cellsOf = (name: string): Promise<string[]> =>
  page.getByRole('row').filter({ hasText: name }).first().locator('th, td').allTextContents();

const stranger: IdentityExplanation = { method: 'new', reasons: [], candidates: 0 };
const contradiction = {
  fact: "os differs from that of the token's visitor",
  value: { was: 'Windows', is: 'Linux' },
  weight: 1,
  from: 'store',
};

describe('the panel of a visitor who was recognised without a token', () => {
  beforeEach(() => show(sampleIdentity(keyExplanation)));

  it('says what was decided, by what, and how far the next answer lies behind', async () => {
    const text = await page.locator('.recognition').innerText();
    expect(text).toContain('Recognised without a token, 97% sure.');
    expect(text).toContain('is 24 times less likely');
    expect(await page.getByText('graphics, fonts, timezone and cores').isVisible()).toBe(true);
    expect(text).toContain('Rn5up8sT2vWx4yZ6aB3d 4%');
    expect(text).not.toContain('What would make it surer');
    expect(text).not.toContain('given no token');
    await show(sampleIdentity(keyExplanation, { confidence: 0.85 }));
    expect(await page.locator('.recognition').innerText()).toContain('given no token');
  });

  it('is a table that needs no colour: what, how it compares, and signed bits with their side in words', async () => {
    const rows = page.getByRole('table', { name: /What speaks for the visitor/ }).getByRole('row');
    const names = await rows.evaluateAll((all) => all.map((row) => row.textContent));
    expect(names.slice(0, 3)).toEqual([
      'ComparedWith what is knownBits',
      'Addressthe same+11.4, speaks for it',
      'Others like itmany share all of this\u22129.8, speaks against it',
    ]);
    expect(await cellsOf('Together')).toEqual([
      'Together with the lighter',
      '290,000 times likelier than a new one',
      '+18.1',
    ]);
    expect(await page.getByRole('rowheader', { name: 'Canvas drawing' }).isVisible()).toBe(true);
  });

  it('draws bars from the middle, to the right for and to the left against, as long as they weigh', async () => {
    const drawn = await page.locator('.weighing .beam').evaluateAll((beams) =>
      beams.slice(0, 2).map((beam) => {
        const [whole, bar] = [beam.getBoundingClientRect(), beam.querySelector('i')?.getBoundingClientRect()];
        const middle = whole.left + whole.width / 2;
        return [bar?.left ?? 0, bar?.right ?? 0].map((end) => Math.round(((end - middle) / whole.width) * 200));
      }),
    );
    expect(drawn).toEqual([
      [0, 100],
      [-86, 0],
    ]);
  });

  it('folds away what is light and what was hidden, and unfolds it by keyboard', async () => {
    const [light, hidden] = [page.getByText('4 lighter reasons'), page.getByText('2 attributes not shown')];
    expect(await page.getByText('Processor cores').isVisible()).toBe(false);
    await light.focus();
    await page.keyboard.press('Enter');
    expect(await cellsOf('Processor cores')).toEqual(['Processor cores', 'the same', '+0.4, speaks for it']);
    await hidden.focus();
    await page.keyboard.press('Space');
    expect(await page.getByRole('listitem').filter({ hasText: 'Cameras and microphones' }).isVisible()).toBe(true);
  });

  it.each([320, 390, 800, 1280, 1900])('fits a window of %d pixels, unfolded too', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    for (const summary of await page.locator('summary').all()) await summary.click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const clipped = await page
      .locator('.weighing th, .weighing td')
      .evaluateAll((cells) => cells.filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length);
    expect(clipped).toBe(0);
  });
});

describe('the panel of others', () => {
  it('tells a new visitor apart from the nearest one known, and what would make it surer', async () => {
    await show(sampleIdentity(newExplanation, { confidence: 0.81 }));
    const text = await page.locator('#identity-body').innerText();
    expect(text).toContain('A new visitor, 81% sure.');
    expect(text).toContain('What led to the nearest visitor');
    expect(text).toContain('What speaks for the nearest visitor known, and against');
    expect(text).toContain('The same as before in what changed: screen.');
    expect(await cellsOf('Together')).toEqual(['Together', '4 times less likely than a new visitor', '\u22122.0']);
  });

  it('tells of a token that was not followed once, apart from the bits', async () => {
    const reasons = [{ ...contradiction, weight: -1 }, ...keyExplanation.reasons];
    const copied = { tokenContradictions: [contradiction] };
    await show(sampleIdentity({ ...keyExplanation, reasons }, copied));
    expect(await page.getByText(contradiction.fact).count()).toBe(1);
    expect(await page.getByRole('table', { name: 'What contradicts the token' }).isVisible()).toBe(true);
    expect((await cellsOf('Together')).at(-1)).toBe('+18.1');
  });

  it.each<[string, Identity, string]>([
    ['an import', sampleIdentity({ ...stranger, method: 'imported' }), 'Decided by the service'],
    ['a token', sampleIdentity({ ...stranger, method: 'token', via: 'cookie' }), 'Recognised by its token'],
  ])('of %s has nothing to weigh, and says so', async (_, identity, verdict) => {
    await show(identity);
    expect(await page.locator('.verdict').innerText()).toContain(verdict);
    expect(await page.getByText('No evidence was recorded.').isVisible()).toBe(true);
    expect(await page.locator('.weighing').count()).toBe(0);
  });

  it('of a stranger has a sentence in place of evidence', async () => {
    const reasons = [{ fact: 'no known visitor shares a blocking key', value: '5', weight: 0, from: 'store' }];
    await show(sampleIdentity({ ...stranger, reasons }));
    expect(await page.getByText('Nobody known here').isVisible()).toBe(true);
    expect(await page.getByRole('table').count()).toBe(0);
  });

  it('shows the reasons of an earlier version as they were written', async () => {
    const fact = 'all stable attributes agree with the visitor';
    const reasons = [{ fact, value: 'exact', weight: 3.32, from: 'store' }];
    await show(sampleIdentity({ method: 'key', via: 'exact', reasons, candidates: 1 }));
    const text = await page.locator('#identity-body').innerText();
    expect(text).toContain(fact);
    expect(text).toContain('+3.32');
    expect(text).toContain('all stable attributes\n');
  });

  it('says when both show nothing that speaks either way', async () => {
    const reasons = [{ fact: 'audio', value: 'hidden', weight: 0, from: 'store' }];
    await show(sampleIdentity({ ...keyExplanation, reasons, margin: 0 }));
    expect(await page.getByText('Nothing that both show').isVisible()).toBe(true);
    expect(await page.getByText('1 attribute not shown').isVisible()).toBe(true);
  });
});
