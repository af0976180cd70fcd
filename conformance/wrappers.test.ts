import { type Browser, launchDriven, type Page, type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ClientName, clients, type MethodOf, proves } from './clients.ts';
import { officialClient } from './official-client.ts';
import { type Site, startSite } from './site.ts';
import { bundlePage, type WrapperPage } from './wrappers/bundle-page.ts';

let whorl: RunningWhorl;
let site: Site;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [whorl, browser] = await Promise.all([startWhorl(), launchDriven()]);
  site = await startSite(whorl);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await whorl?.stop();
});

beforeEach(async () => {
  page = await browser.newPage();
});
afterEach(() => page.close());

/** Opens a wrapper's page as its users build it, which makes a visit at once. */
const open = async (wrapper: WrapperPage, key = whorl.publicKey): Promise<void> => {
  site.pages.serve(`/${wrapper}.js`, { body: await bundlePage(wrapper), type: 'text/javascript' });
  const html = `<!doctype html><title>${wrapper}</title><body><script src="/${wrapper}.js"></script>`;
  const query = new URLSearchParams({ server: whorl.url, key });
  await page.goto(`${site.pages.serve(`/${wrapper}`, html)}?${query}`);
};

type Shown = Record<string, unknown> & { id: string };

/** The result that the page shows, as soon as it is another than that of `before`. */
const shown = async (before = ''): Promise<Shown> => {
  const text = await page
    .waitForFunction((old) => {
      const now = document.getElementById('result')?.textContent ?? '';
      return now !== '' && now !== old ? now : undefined;
    }, before)
    .then((handle) => handle.jsonValue());
  const result = JSON.parse(String(text)) as Record<string, unknown>;
  return { ...result, id: String(result.requestId ?? result.event_id) };
};

/** Presses a button of the page and waits for another result. */
const press = async (button: 'get' | 'fresh'): Promise<Shown> => {
  const before = await page.evaluate(() => document.getElementById('result')?.textContent ?? '');
  await page.click(`#${button}`);
  return shown(before);
};

/** Wrappers of the v3 loader, with the name that each gives itself to the server. */
const wrappers: { page: WrapperPage; client: ClientName; integration: string }[] = [
  { page: 'spa', client: '@fingerprintjs/fingerprintjs-pro-spa', integration: 'spa-sdk' },
  { page: 'react-2', client: '@fingerprintjs/fingerprintjs-pro-react', integration: 'react-sdk' },
  { page: 'vue', client: '@fingerprintjs/fingerprintjs-pro-vue-v3', integration: 'fingerprintjs-pro-vue-v3' },
  { page: 'angular', client: '@fingerprintjs/fingerprintjs-pro-angular', integration: 'fingerprintjs-pro-angular' },
  { page: 'svelte', client: '@fingerprintjs/fingerprintjs-pro-svelte', integration: 'fingerprintjs-pro-svelte' },
];

describe.each(wrappers)('$client, a wrapper of the v3 loader', ({ page: wrapper, client, integration }) => {
  const methods: readonly string[] = clients[client];
  beforeEach(proves(client, ...(methods as [MethodOf<ClientName>])));

  it('identifies, and the event is there with the wrapper in it', async () => {
    await open(wrapper);
    const visit = await shown();
    expect(visit).toMatchObject({
      visitorId: expect.stringMatching(/^[a-zA-Z0-9]{20}$/),
      confidence: { score: expect.any(Number) },
      ip: '127.0.0.1',
      browserName: expect.any(String),
      lastSeenAt: expect.any(Object),
    });
    const { products } = await officialClient(whorl).getEvent(visit.id);
    expect(products.identification?.data).toMatchObject({
      visitorId: visit.visitorId,
      linkedId: 'wrapper',
      tag: { wrapper: true },
    });
    const names = products.identification?.data?.sdk?.integrations?.map(({ name }) => name) ?? [];
    expect(names).toContain(integration);
  });

  it('asks again only when it should', async () => {
    await open(wrapper);
    const first = await shown();
    const second = await press('fresh');
    expect(second.id).not.toBe(first.id);
    expect(second.visitorId).toBe(first.visitorId);
    if (!methods.includes('clearCache')) return;
    await page.click('#clear');
    const third = await press('get');
    expect([first.id, second.id]).not.toContain(third.id);
  });

  it('shows what is wrong with a key', async () => {
    await open(wrapper, 'noSuchKey12345678901');
    await expect.poll(() => page.textContent('#error'), { timeout: 15_000 }).toMatch(/API key/i);
  });
});

describe('@fingerprint/react, the wrapper of the v4 loader', () => {
  beforeEach(proves('@fingerprint/react', 'FingerprintProvider', 'useVisitorData'));

  it('identifies, and the event is there', async () => {
    await open('react-3');
    const visit = await shown();
    expect(visit).toMatchObject({ visitor_id: expect.stringMatching(/^[a-zA-Z0-9]{20}$/), cache_hit: false });
    const { products } = await officialClient(whorl).getEvent(visit.id);
    expect(products.identification?.data).toMatchObject({ linkedId: 'wrapper', tag: { wrapper: true } });
  });

  it('answers from its cache', async () => {
    await open('react-3');
    const first = await shown();
    const second = await press('get');
    expect(second).toMatchObject({ id: first.id, cache_hit: true });
  });

  it('shows what is wrong with a key', async () => {
    await open('react-3', 'noSuchKey12345678901');
    await expect.poll(() => page.textContent('#error'), { timeout: 15_000 }).not.toBe('');
  });
});
