import { type Browser, launchDriven } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenPage, openPage, visitV3 } from '../testing/visit-page.ts';
import { startWireServer, type WireServer } from '../testing/wire-server.ts';
import { tokenNames } from './token-names.ts';

const { key, database } = tokenNames('test_public_key');
const ALL = { cookie: 'token-1', localStorage: 'token-1', indexedDB: 'token-1' };

let whorl: WireServer;
let browser: Browser;
let opened: OpenPage;

beforeAll(async () => {
  [whorl, browser] = await Promise.all([startWireServer(), launchDriven()]);
  opened = await openPage(browser, `${whorl.origin}/blank`);
});
afterAll(async () => {
  await browser?.close();
  await whorl?.stop();
});

/** Visits anew, as after a reload, and gives the tokens that were sent. Writing ends a little after the answer. */
const visit = async () => {
  await opened.page.reload();
  expect(await visitV3(opened.page)).toHaveProperty('value');
  await opened.page.waitForTimeout(200);
  return whorl.observations.at(-1)?.tokens;
};

const CLEAR: Record<keyof typeof ALL, () => Promise<unknown>> = {
  cookie: () => opened.context.clearCookies(),
  localStorage: () => opened.page.evaluate(() => localStorage.clear()),
  indexedDB: () =>
    opened.page.evaluate(
      (name) => new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve)).then(() => true),
      database,
    ),
};

describe('the token', () => {
  it('is nowhere at the first visit, and looking for it leaves nothing behind', async () => {
    whorl.answer = { token: undefined } as never;
    expect(await visit()).toEqual({});
    const left = await opened.page.evaluate(async () => ({
      cookie: document.cookie,
      items: Object.keys(localStorage),
      databases: await indexedDB.databases(),
    }));
    expect(left).toEqual({ cookie: '', items: [], databases: [] });
    whorl.answer = {};
  });

  it('is kept in all three places under our names', async () => {
    await visit();
    expect(await visit()).toEqual(ALL);
    const kept = await opened.page.evaluate(async () => ({
      cookie: document.cookie,
      items: Object.keys(localStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
    }));
    expect(kept).toEqual({ cookie: `${key}=token-1`, items: [key], databases: [database] });
  });

  it.each(Object.keys(ALL) as (keyof typeof ALL)[])('comes back into %s from the other places', async (place) => {
    await CLEAR[place]();
    const { [place]: _, ...others } = ALL;
    expect(await visit()).toEqual(others);
    expect(await visit()).toEqual(ALL);
  });

  it('is replaced everywhere by a new one', async () => {
    whorl.answer = { token: 'token-2' };
    expect(await visit()).toEqual(ALL);
    expect(await visit()).toEqual({ cookie: 'token-2', localStorage: 'token-2', indexedDB: 'token-2' });
    whorl.answer = {};
  });

  it('is kept under another name where the site asks for one', async () => {
    const other = await openPage(browser, `${whorl.origin}/blank`);
    await visitV3(other.page, { storageKey: 'acme' });
    await other.page.waitForTimeout(200);
    const names = await other.page.evaluate(async () => ({
      items: Object.keys(localStorage),
      databases: (await indexedDB.databases()).map(({ name }) => name),
    }));
    await other.close();
    expect(names).toEqual({ items: [expect.stringMatching(/^acme_token_/)], databases: ['acme'] });
  });

  it('is done without where the browser forbids every place', async () => {
    const forbidden = `
      for (const name of ['localStorage', 'indexedDB']) {
        Object.defineProperty(window, name, { get() { throw new DOMException('forbidden', 'SecurityError'); } });
      }
      Object.defineProperty(Document.prototype, 'cookie', {
        get() { throw new DOMException('forbidden', 'SecurityError'); },
        set() { throw new DOMException('forbidden', 'SecurityError'); },
      });`;
    const page = await openPage(browser, `${whorl.origin}/blank`, forbidden);
    expect(await visitV3(page.page)).toHaveProperty('value');
    await page.close();
    expect(whorl.observations.at(-1)?.tokens).toEqual({});
    expect(page.console.filter((line) => line.startsWith('uncaught'))).toEqual([]);
  });
});
