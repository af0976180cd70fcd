import type { Page } from '@whorl/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentResultValidator } from './agent-results.ts';
import type { ClientName, MethodOf } from './clients.ts';
import { expectFit } from './derive-schemas.ts';
import { noteUse } from './note-use.ts';
import { officialClient } from './official-client.ts';
import { sharedSite } from './shared-site.ts';
import { bundlePage, type WrapperPage } from './wrappers/bundle-page.ts';

const VUE = '@fingerprintjs/fingerprintjs-pro-vue-v3';
/** How long a page may take to show something. */
const PATIENCE = { timeout: 30_000 };

/** A page with a wrapper, how it is told of in the table, and the name that it gives itself to the server. */
type Wrapper = { page: WrapperPage; client: ClientName; noteOpening(): void; integration: string };

const wrapper = <C extends ClientName>(
  page: WrapperPage,
  client: C,
  opening: MethodOf<C>[],
  integration = '',
): Wrapper => ({ page, client, noteOpening: () => noteUse(client, ...opening), integration });

const here = sharedSite();
let page: Page;

beforeEach(async () => {
  page = await here.browser.newPage();
});
afterEach(() => page.close());

/** Opens a wrapper's page as its users build it, which makes a visit at once. */
const open = async ({ page: name, noteOpening }: Wrapper, key = here.whorl.publicKey): Promise<void> => {
  here.site.pages.serve(`/${name}.js`, { body: await bundlePage(name), type: 'text/javascript' });
  const html = `<!doctype html><title>${name}</title><body><script src="/${name}.js"></script>`;
  const query = new URLSearchParams({ server: here.whorl.url, key });
  noteOpening();
  await page.goto(`${here.site.pages.serve(`/${name}`, html)}?${query}`);
};

type Shown = Record<string, unknown> & { id: string };

/** Fails where a result has other fields than the loader's types say: `cacheHit` is the wrapper's own, `id` this test's. */
const expectResult = (kind: Parameters<typeof agentResultValidator>[0], { id, cacheHit, ...result }: Shown): void =>
  expectFit(agentResultValidator(kind), result);

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

/** Wrappers of the v3 loader. */
const wrappers: Wrapper[] = [
  wrapper('spa', '@fingerprintjs/fingerprintjs-pro-spa', ['FpjsClient', 'getVisitorData'], 'spa-sdk'),
  wrapper('react-2', '@fingerprintjs/fingerprintjs-pro-react', ['FpjsProvider', 'useVisitorData'], 'react-sdk'),
  wrapper('vue', VUE, ['fpjsPlugin', 'useVisitorData'], 'fingerprintjs-pro-vue-v3'),
  wrapper('vue-mixins', VUE, ['fpjsPlugin', 'fpjsGetVisitorDataExtendedMixin'], 'fingerprintjs-pro-vue-v3'),
  wrapper(
    'angular',
    '@fingerprintjs/fingerprintjs-pro-angular',
    ['FingerprintjsProAngularModule', 'getVisitorData'],
    'fingerprintjs-pro-angular',
  ),
  wrapper(
    'svelte',
    '@fingerprintjs/fingerprintjs-pro-svelte',
    ['FpjsProvider', 'useVisitorData'],
    'fingerprintjs-pro-svelte',
  ),
];

describe.each(wrappers)('$client, a wrapper of the v3 loader, on the page $page', (wrapped) => {
  it('identifies, and the event is there with the wrapper in it', async () => {
    await open(wrapped);
    const visit = await shown();
    expectResult('v3Extended', visit);
    expect(visit).toMatchObject({
      visitorId: expect.stringMatching(/^[a-zA-Z0-9]{20}$/),
      confidence: { score: expect.any(Number) },
      ip: '127.0.0.1',
      browserName: expect.any(String),
      lastSeenAt: expect.any(Object),
    });
    const { products } = await officialClient(here.whorl).getEvent(visit.id);
    expect(products.identification?.data).toMatchObject({
      visitorId: visit.visitorId,
      linkedId: 'wrapper',
      tag: { wrapper: true },
    });
    const names = products.identification?.data?.sdk?.integrations?.map(({ name }) => name) ?? [];
    expect(names).toContain(wrapped.integration);
  });

  it('asks again only when it should', async () => {
    await open(wrapped);
    const first = await shown();
    const second = await press('fresh');
    expect(second.id).not.toBe(first.id);
    expect(second.visitorId).toBe(first.visitorId);
  });

  it('shows what is wrong with a key', async () => {
    await open(wrapped, 'noSuchKey12345678901');
    await expect.poll(() => page.textContent('#error'), PATIENCE).toMatch(/API key/i);
  });
});

describe.each([
  ['spa', '@fingerprintjs/fingerprintjs-pro-spa'],
  ['react-2', '@fingerprintjs/fingerprintjs-pro-react'],
  ['vue', VUE],
  ['angular', '@fingerprintjs/fingerprintjs-pro-angular'],
] as const)('the cache of the page %s', (name, client) => {
  it('is empty once it was cleared', async () => {
    await open(wrappers.find(({ page: path }) => path === name) as Wrapper);
    const first = await shown();
    await page.click('#clear');
    noteUse(client, 'clearCache');
    expect((await press('get')).id).not.toBe(first.id);
  });
});

describe("vue's mixin without details", () => {
  it('shows the visitor id alone', async () => {
    await open(wrapper('vue-mixins', VUE, ['fpjsPlugin', 'fpjsGetVisitorDataMixin']));
    const { visitorId } = await shown();
    await page.click('#plain');
    await expect.poll(() => page.textContent('#plain-result'), PATIENCE).not.toBe('');
    const plain = JSON.parse((await page.textContent('#plain-result')) ?? '') as Shown;
    expectResult('v3', plain);
    expect(plain).toMatchObject({ visitorId, requestId: expect.any(String) });
  });
});

describe('@fingerprint/react, the wrapper of the v4 loader', () => {
  const react = wrapper('react-3', '@fingerprint/react', ['FingerprintProvider', 'useVisitorData']);

  it('identifies, and the event is there', async () => {
    await open(react);
    const visit = await shown();
    expectResult('v4', visit);
    expect(visit).toMatchObject({ visitor_id: expect.stringMatching(/^[a-zA-Z0-9]{20}$/), cache_hit: false });
    const { products } = await officialClient(here.whorl).getEvent(visit.id);
    expect(products.identification?.data).toMatchObject({ linkedId: 'wrapper', tag: { wrapper: true } });
  });

  it('answers from its cache', async () => {
    await open(react);
    const first = await shown();
    const second = await press('get');
    expectResult('v4', second);
    expect(second).toMatchObject({ id: first.id, cache_hit: true });
  });

  it('shows what is wrong with a key', async () => {
    await open(react, 'noSuchKey12345678901');
    await expect.poll(() => page.textContent('#error'), PATIENCE).not.toBe('');
  });
});
