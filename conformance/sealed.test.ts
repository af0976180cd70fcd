import { randomBytes } from 'node:crypto';
import { unsealEventsResponse as unsealV4, DecryptionAlgorithm as V4Algorithm } from '@fingerprint/node-sdk';
import { DecryptionAlgorithm, unsealEventsResponse } from '@fingerprintjs/fingerprintjs-pro-server-api';
import { type Browser, launchDriven, type Page, type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleClient } from './bundle-client.ts';
import { officialClient } from './official-client.ts';
import { type Site, startSite } from './site.ts';

const VISITOR_ID = /[a-zA-Z0-9]{20}/;

const key = randomBytes(32);
let whorl: RunningWhorl;
let site: Site;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [whorl, browser] = await Promise.all([
    startWhorl({ env: { WHORL_SEALING_KEY: key.toString('base64') } }),
    launchDriven(),
  ]);
  site = await startSite(whorl);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await whorl?.stop();
});

/** Bodies of what the server answered to the page, to be searched for what it should not know. */
let answers: Promise<string>[] = [];
beforeEach(async () => {
  page = await browser.newPage();
  answers = [];
  page.on('response', (response) => {
    if (response.url().includes('/ingest/v1/')) answers.push(response.text().catch(() => ''));
  });
});
afterEach(() => page.close());

/** A page of another origin than the server's, with a client from npm in the global `client`. */
const openWith = async (packageName: string): Promise<void> => {
  const path = `/${packageName.replaceAll('/', '-')}`;
  site.pages.serve(`${path}.js`, { body: await bundleClient(packageName), type: 'text/javascript' });
  await page.goto(site.pages.serve(path, `<!doctype html><script src="${path}.js"></script>`));
};

/** The wrong key first: while keys change, a server has both. */
const keysOf = <A>(algorithm: A) => [randomBytes(32), key].map((each) => ({ key: each, algorithm }));

/** Everything that the page can see of its visits: answers, cookies, storage. */
const everythingSeen = async (): Promise<string> => {
  const stored = await page.evaluate(`JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])`);
  return [...(await Promise.all(answers)), String(stored)].join('\n');
};

describe('a sealed result', () => {
  it('comes through the official v3 loader and opens with the official v3 library', async () => {
    await openWith('@fingerprintjs/fingerprintjs-pro');
    const options = {
      apiKey: whorl.publicKey,
      scriptUrlPattern: `${whorl.url}/v3/<apiKey>/loader_v<loaderVersion>.js`,
      endpoint: whorl.url,
    };
    const result = (await page.evaluate(
      `client.load(${JSON.stringify(options)}).then((agent) => agent.get({ extendedResult: true, linkedId: 'sealed' }))`,
    )) as { requestId: string; sealedResult: string; visitorId: string };
    expect(result).toMatchObject({
      visitorId: '',
      visitorFound: false,
      confidence: { score: 0 },
      ip: '',
      browserName: '',
    });

    const event = await unsealEventsResponse(
      Buffer.from(result.sealedResult, 'base64'),
      keysOf(DecryptionAlgorithm.Aes256Gcm),
    );
    const identified = event.products.identification?.data;
    expect(identified).toMatchObject({ requestId: result.requestId, linkedId: 'sealed', url: page.url() });
    const stored = await officialClient(whorl).getEvent(result.requestId);
    expect(stored.products.identification).toEqual(event.products.identification);

    const visitorId = identified?.visitorId ?? '';
    expect(visitorId).toMatch(VISITOR_ID);
    expect(await everythingSeen()).not.toContain(visitorId);
  });

  it('comes through the official v4 loader and opens with the official v4 library', async () => {
    await openWith('@fingerprint/agent');
    const result = (await page.evaluate(
      `client.start({ apiKey: ${JSON.stringify(whorl.publicKey)}, endpoints: client.withoutDefault(${JSON.stringify(whorl.url)}) })
        .get({ linkedId: 'sealed' })
        .then(({ sealed_result, ...open }) => ({ open, sealed: sealed_result.base64() }))`,
    )) as { open: Record<string, unknown>; sealed: string };
    expect(Object.keys(result.open).sort()).toEqual(['cache_hit', 'event_id']);

    const event = await unsealV4(Buffer.from(result.sealed, 'base64'), keysOf(V4Algorithm.Aes256Gcm));
    expect(event).toMatchObject({ event_id: result.open.event_id, linked_id: 'sealed', url: page.url() });
    expect(event.identification?.visitor_id).toMatch(VISITOR_ID);
    expect(await everythingSeen()).not.toContain(event.identification?.visitor_id);
  });

  it('is of the same visitor each time, whom the page still does not know', async () => {
    const visit = async () => {
      const { requestId } = await site.visit(page);
      const { products } = await officialClient(whorl).getEvent(requestId);
      return products.identification?.data;
    };
    const [first, second] = [await visit(), await visit()];
    expect(second?.visitorId).toBe(first?.visitorId);
    expect(second?.visitorFound).toBe(true);
  });

  it('is explained by the demo page', async () => {
    await page.goto(`${whorl.url}/demo`);
    await page.getByText('ResultsSealed').first().waitFor();
    expect(await page.evaluate('document.body.innerText')).toContain('whorl environment unseal');
  });
});
