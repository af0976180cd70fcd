import type { IdentityExplanation } from '@whorl/contract';
import {
  type Browser,
  type BrowserContext,
  canRun,
  findFirefox,
  launchDriven,
  type Page,
  type RunningWhorl,
  startWhorl,
} from '@whorl/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { demoKey, identityOf } from './identity-of.ts';
import { ingestClient, recordObservation } from './ingest-client.ts';
import { type Site, startSite, type VisitResult } from './site.ts';

const withFirefox = canRun(await findFirefox(), 'that Chromium and Firefox get two ids');

let whorl: RunningWhorl;
let site: Site;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let first: VisitResult;

beforeAll(async () => {
  [whorl, browser] = await Promise.all([startWhorl(), launchDriven()]);
  site = await startSite({ url: whorl.url, publicKey: await demoKey(whorl) });
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await whorl?.stop();
});

beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  first = await site.visit(page);
});
afterEach(() => context.close());

/** How the server came to the id of the page's last visit: a token and the place it was in, or a key. */
const explanation = async (): Promise<IdentityExplanation> => {
  const answer = await page.evaluate(() => window.answers.at(-1) ?? { requestId: '', proof: '' });
  return (await identityOf(whorl, answer)).explanation;
};

const clearLocalStorage = (): Promise<void> => page.evaluate(() => localStorage.clear());
const clearIndexedDB = (): Promise<void> =>
  page.evaluate(async () => {
    const databases = await indexedDB.databases();
    await Promise.all(
      databases.map(
        ({ name = '' }) =>
          new Promise<void>((resolve, reject) => {
            const request = indexedDB.deleteDatabase(name);
            request.onsuccess = () => resolve();
            request.onerror = () => reject(request.error);
            request.onblocked = () => reject(new Error(`a page keeps ${name} open`));
          }),
      ),
    );
  });

/** Visits from a page that was loaded anew, so that nothing is left in the script's memory. */
const visitAgain = async (): Promise<VisitResult> => {
  await page.goto(site.url);
  return site.visit(page);
};

describe('the visitor id', () => {
  it('survives a reload', async () => {
    await page.reload();
    expect(await site.visit(page)).toMatchObject({ visitorId: first.visitorId, visitorFound: true });
    expect(await explanation()).toMatchObject({ method: 'token' });
  });

  it('survives clearing cookies only, by the token in another place', async () => {
    await context.clearCookies();
    expect(await visitAgain()).toMatchObject({ visitorId: first.visitorId, visitorFound: true });
    const { method, via } = await explanation();
    expect(method).toBe('token');
    expect(['localStorage', 'indexedDB']).toContain(via);
  });

  it('survives clearing localStorage only, by the token in another place', async () => {
    await clearLocalStorage();
    expect(await visitAgain()).toMatchObject({ visitorId: first.visitorId, visitorFound: true });
    const { method, via } = await explanation();
    expect(method).toBe('token');
    expect(via).not.toBe('localStorage');
  });

  it('survives clearing IndexedDB only, by the token in another place', async () => {
    await page.goto('about:blank');
    await page.goto(site.url);
    await clearIndexedDB();
    expect(await visitAgain()).toMatchObject({ visitorId: first.visitorId, visitorFound: true });
    const { method, via } = await explanation();
    expect(method).toBe('token');
    expect(via).not.toBe('indexedDB');
  });

  it('is put back into every place that was cleared', async () => {
    await context.clearCookies();
    await visitAgain();
    await clearLocalStorage();
    await clearIndexedDB();
    expect(await visitAgain()).toMatchObject({ visitorId: first.visitorId });
    expect((await explanation()).method).toBe('token');
  });

  it('is the same in a fresh context without any storage, by what it shows', async () => {
    await context.close();
    context = await browser.newContext();
    page = await context.newPage();
    expect(await site.visit(page)).toMatchObject({ visitorId: first.visitorId, visitorFound: true });
    expect((await explanation()).method).toBe('key');
  });

  it('is another one for a browser on another device', async () => {
    await context.close();
    context = await browser.newContext({
      timezoneId: 'Asia/Tokyo',
      locale: 'ja-JP',
      deviceScaleFactor: 3,
      isMobile: true,
    });
    page = await context.newPage();
    expect((await site.visit(page)).visitorId).not.toBe(first.visitorId);
  });
});

describe('many first visits of one browser at the same moment', () => {
  it('are all of one visitor, new in the first of them', async () => {
    const { observe } = ingestClient(whorl);
    const observation = await recordObservation(page, site);
    const canvas = { v: { winding: true, geometry: 'never seen', text: 'before' }, d: 1 };
    const sources = { ...observation.sources, canvas };
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) => observe(observation, { sources, linkedId: `tab ${index}` })),
    );
    const results = answers.map(({ body }) => body as VisitResult);
    expect(new Set(results.map(({ visitorId }) => visitorId)).size).toBe(1);
    expect(results.filter(({ visitorFound }) => !visitorFound)).toHaveLength(1);
  });
});

if (withFirefox)
  describe('headless browsers that nothing drives', () => {
    it('of two kinds have two ids', async () => {
      const visit = (kind: 'chromium' | 'firefox') =>
        site.visitByHand({ browser: kind, headed: false }, async (result) => result.visitorId);
      expect(await visit('firefox')).not.toBe(await visit('chromium'));
    });
  });
