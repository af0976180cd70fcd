import { randomBytes } from 'node:crypto';
import { DecryptionAlgorithm as V4Algorithm } from '@fingerprint/node-sdk';
import { DecryptionAlgorithm } from '@fingerprintjs/fingerprintjs-pro-server-api';
import type { Page } from '@whorl/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentResultValidator } from './agent-results.ts';
import { expectFit, sdkValidators } from './derive-schemas.ts';
import { noteUse } from './note-use.ts';
import { officialClient, officialFunctions } from './official-client.ts';
import { officialFunctionsV4 } from './official-client-v4.ts';
import { pin, pinEach } from './pin.ts';
import { sharedSite } from './shared-site.ts';

const fitsV3 = sdkValidators('@fingerprintjs/fingerprintjs-pro-server-api');
const fitsV4 = sdkValidators('@fingerprint/node-sdk');
const VISITOR_ID = /[a-zA-Z0-9]{20}/;

const key = randomBytes(32);
const here = sharedSite({ env: { WHORL_SEALING_KEY: key.toString('base64') } });
let page: Page;

/** Bodies of what the server answered to the page, to be searched for what it should not know. */
let answers: Promise<string>[] = [];
beforeEach(async () => {
  page = await here.browser.newPage();
  answers = [];
  page.on('response', (response) => {
    if (response.url().includes('/ingest/v1/')) answers.push(response.text().catch(() => ''));
  });
});
afterEach(() => page.close());

/** The wrong key first: while keys change, a server has both. */
const keysOf = <A>(algorithm: A) => [randomBytes(32), key].map((each) => ({ key: each, algorithm }));

/** Everything that the page can see of its visits: answers, cookies, storage. */
const everythingSeen = async (): Promise<string> => {
  const stored = await page.evaluate(`JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }])`);
  return [...(await Promise.all(answers)), String(stored)].join('\n');
};

describe('a sealed result', () => {
  it('comes through the official v3 loader and opens with the official v3 library', async () => {
    noteUse('@fingerprintjs/fingerprintjs-pro', 'load', 'get', 'sealed results');
    await here.site.openClient(page, '@fingerprintjs/fingerprintjs-pro');
    const options = {
      apiKey: here.whorl.publicKey,
      scriptUrlPattern: `${here.whorl.url}/v3/<apiKey>/loader_v<loaderVersion>.js`,
      endpoint: here.whorl.url,
    };
    const { plain, extended: result } = (await page.evaluate(
      `client.load(${JSON.stringify(options)}).then(async (agent) => ({
        plain: await agent.get(),
        extended: await agent.get({ extendedResult: true, linkedId: 'sealed' }),
      }))`,
    )) as Record<'plain' | 'extended', { requestId: string; sealedResult: string }>;
    expectFit(agentResultValidator('v3'), plain);
    expectFit(agentResultValidator('v3Extended'), result);
    pinEach('v3-loader-sealed', { plain, extended: result });
    expect(result).toMatchObject({
      visitorId: '',
      visitorFound: false,
      confidence: { score: 0 },
      ip: '',
      browserName: '',
    });

    const sealed = [Buffer.from(result.sealedResult, 'base64'), keysOf(DecryptionAlgorithm.Aes256Gcm)] as const;
    const event = await officialFunctions.unsealEventsResponse(...sealed);
    expectFit(fitsV3('EventsGetResponse'), event);
    expect(officialFunctions.parseEventsResponse(await officialFunctions.unseal(...sealed))).toEqual(event);
    const identified = event.products.identification?.data;
    expect(identified).toMatchObject({ requestId: result.requestId, linkedId: 'sealed', url: page.url() });
    const stored = await officialClient(here.whorl).getEvent(result.requestId);
    expect(stored.products.identification).toEqual(event.products.identification);

    const visitorId = identified?.visitorId ?? '';
    expect(visitorId).toMatch(VISITOR_ID);
    expect(await everythingSeen()).not.toContain(visitorId);
  });

  it('comes through the official v4 loader and opens with the official v4 library', async () => {
    noteUse('@fingerprint/agent', 'start', 'get', 'withoutDefault', 'sealed results');
    await here.site.openClient(page, '@fingerprint/agent');
    const result = (await page.evaluate(
      `client.start({ apiKey: ${JSON.stringify(here.whorl.publicKey)}, endpoints: client.withoutDefault(${JSON.stringify(here.whorl.url)}) })
        .get({ linkedId: 'sealed' })
        .then((result) => ({ ...JSON.parse(JSON.stringify(result)), base64: result.sealed_result.base64() }))`,
    )) as { event_id: string; sealed_result: string; base64: string };
    const { base64, ...told } = result;
    expectFit(agentResultValidator('v4'), told);
    pin('v4-loader-sealed', told);
    expect(told.sealed_result).toBe(base64);

    const sealed = [Buffer.from(base64, 'base64'), keysOf(V4Algorithm.Aes256Gcm)] as const;
    const event = await officialFunctionsV4.unsealEventsResponse(...sealed);
    expectFit(fitsV4('Event'), event);
    expect(officialFunctionsV4.parseEventsResponse(await officialFunctionsV4.unseal(...sealed))).toEqual(event);
    expect(event).toMatchObject({ event_id: told.event_id, linked_id: 'sealed', url: page.url() });
    expect(event.identification?.visitor_id).toMatch(VISITOR_ID);
    expect(await everythingSeen()).not.toContain(event.identification?.visitor_id);
  });

  it('is of the same visitor each time, whom the page still does not know', async () => {
    const visit = async () => {
      const { requestId } = await here.site.visit(page);
      const { products } = await officialClient(here.whorl).getEvent(requestId);
      return products.identification?.data;
    };
    const [first, second] = [await visit(), await visit()];
    expect(second?.visitorId).toBe(first?.visitorId);
    expect(second?.visitorFound).toBe(true);
  });

  it('is explained by the demo page', async () => {
    await page.goto(`${here.whorl.url}/demo`);
    await page.getByText('ResultsSealed').first().waitFor();
    expect(await page.evaluate('document.body.innerText')).toContain('whorl environment unseal');
  });
});
