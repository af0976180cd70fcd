import type { Page } from '@whorl/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agentResultValidator } from './agent-results.ts';
import { expectFit } from './derive-schemas.ts';
import { noteUse } from './note-use.ts';
import { officialClient } from './official-client.ts';
import { pin } from './pin.ts';
import { sharedSite } from './shared-site.ts';

const REQUEST_ID = /^\d{13}\.[a-zA-Z0-9]{6}$/;
const VISITOR_ID = /^[a-zA-Z0-9]{20}$/;
const BIG_TAG = { text: 'x'.repeat(17 * 1024) };

const here = sharedSite();
let page: Page;

beforeEach(async () => {
  page = await here.browser.newPage();
});
afterEach(() => page.close());

/** Evaluates a promise in the page; what it resolves to, as JSON, or its error's name, message and code. */
const settle = (expression: string): Promise<unknown> =>
  page.evaluate(`(${expression}).then(
    (value) => JSON.parse(JSON.stringify(value)),
    (error) => ({ failed: true, name: error.name, message: error.message, code: error.code }),
  )`);

const json = (value: unknown): string => JSON.stringify(value);

/** An address where nothing listens. */
const NOWHERE = 'http://127.0.0.1:9';

describe('@fingerprintjs/fingerprintjs-pro', () => {
  beforeEach(() => here.site.openClient(page, '@fingerprintjs/fingerprintjs-pro'));

  type Places = { apiKey?: string; scripts?: string; endpoint?: string; [option: string]: unknown };
  const get = (
    options: unknown = {},
    { scripts = here.whorl.url, endpoint = here.whorl.url, ...load }: Places = {},
  ) => {
    noteUse('@fingerprintjs/fingerprintjs-pro', 'load', 'get');
    return settle(
      `client.load(${json({
        apiKey: here.whorl.publicKey,
        scriptUrlPattern: `${scripts}/v3/<apiKey>/loader_v<loaderVersion>.js`,
        endpoint,
        ...load,
      })}).then((agent) => agent.get(${json(options)}))`,
    );
  };
  const constant = (name: string): Promise<string> => page.evaluate(`client.${name}`);

  it('gets a visitor id, and the event is there', async () => {
    const result = await get({ tag: { from: 'v3 loader' }, linkedId: 'v3' });
    expectFit(agentResultValidator('v3'), result);
    pin('v3-loader', result);
    expect(result).toMatchObject({
      requestId: expect.stringMatching(REQUEST_ID),
      visitorId: expect.stringMatching(VISITOR_ID),
      confidence: { score: expect.any(Number) },
    });
    const { requestId, visitorId } = result as { requestId: string; visitorId: string };
    const event = await officialClient(here.whorl).getEvent(requestId);
    expect(event.products.identification?.data).toMatchObject({
      visitorId,
      tag: { from: 'v3 loader' },
      linkedId: 'v3',
      url: page.url(),
    });
  });

  it('gets the extended result', async () => {
    await get();
    const result = await get({ extendedResult: true });
    expectFit(agentResultValidator('v3Extended'), result);
    pin('v3-loader-extended', result);
    expect(result).toMatchObject({
      visitorFound: true,
      incognito: expect.any(Boolean),
      browserName: expect.any(String),
      browserVersion: expect.stringMatching(/^\d+/),
      device: 'Other',
      ip: '127.0.0.1',
      os: expect.any(String),
      osVersion: expect.any(String),
      firstSeenAt: { subscription: expect.any(String), global: expect.any(String) },
      lastSeenAt: { subscription: expect.any(String), global: expect.any(String) },
    });
  });

  it('hands over the wrappers that a site uses', async () => {
    const result = await get({}, { integrationInfo: ['fingerprintjs-pro-react/2.6.3/next/14.1.0'] });
    const event = await officialClient(here.whorl).getEvent((result as { requestId: string }).requestId);
    expect(event.products.identification?.data?.sdk?.integrations).toEqual([
      {
        name: 'fingerprintjs-pro-react',
        version: '2.6.3',
        subintegration: { name: 'next', version: '14.1.0' },
      },
    ]);
  });

  it('reports an unknown key', async () => {
    expect(await get({}, { apiKey: 'noSuchKey12345678901' })).toMatchObject({
      failed: true,
      message: await constant('ERROR_API_KEY_INVALID'),
    });
  });

  it('reports a script that cannot be loaded', async () => {
    expect(await get({}, { scripts: NOWHERE })).toMatchObject({
      failed: true,
      message: await constant('ERROR_SCRIPT_LOAD_FAIL'),
    });
  });

  it('reports an endpoint that cannot be reached, or that gives no address', async () => {
    expect(await get({ timeout: 3_000 }, { endpoint: NOWHERE })).toMatchObject({
      failed: true,
      message: expect.stringMatching(
        new RegExp(`^(${await constant('ERROR_NETWORK_CONNECTION')}|${await constant('ERROR_CLIENT_TIMEOUT')})$`),
      ),
    });
    expect(await get({}, { endpoint: 'no address' })).toMatchObject({
      failed: true,
      message: await constant('ERROR_INVALID_ENDPOINT'),
    });
  });

  it('reports that time ran out', async () => {
    expect(await get({ timeout: 1 })).toMatchObject({ failed: true, message: await constant('ERROR_CLIENT_TIMEOUT') });
  });

  it('reports a tag that is too large', async () => {
    expect(await get({ tag: BIG_TAG })).toMatchObject({
      failed: true,
      message: await constant('ERROR_BAD_REQUEST_FORMAT'),
    });
  });
});

describe('@fingerprint/agent', () => {
  beforeEach(() => here.site.openClient(page, '@fingerprint/agent'));

  type Places = { apiKey?: string; endpoint?: string; [option: string]: unknown };
  const get = (options: unknown = {}, { endpoint = here.whorl.url, ...start }: Places = {}) => {
    noteUse('@fingerprint/agent', 'start', 'get', 'withoutDefault');
    return settle(
      `client.start({ ...${json({ apiKey: here.whorl.publicKey, ...start })}, endpoints: client.withoutDefault(${json(endpoint)}) })
        .get(${json(options)})`,
    );
  };

  it('gets an event id and a visitor id, and the event is there', async () => {
    const result = await get({ tag: { from: 'v4 loader' }, linkedId: 'v4' });
    expectFit(agentResultValidator('v4'), result);
    pin('v4-loader', result);
    expect(result).toMatchObject({
      event_id: expect.stringMatching(REQUEST_ID),
      visitor_id: expect.stringMatching(VISITOR_ID),
      suspect_score: expect.any(Number),
      sealed_result: null,
    });
    const { event_id, visitor_id } = result as { event_id: string; visitor_id: string };
    const event = await officialClient(here.whorl).getEvent(event_id);
    expect(event.products.identification?.data).toMatchObject({
      visitorId: visitor_id,
      tag: { from: 'v4 loader' },
      linkedId: 'v4',
    });
  });

  it('answers from its cache where the site asks for one', async () => {
    const cache = { storage: 'sessionStorage', duration: 60 };
    const first = await get({}, { cache });
    expect(first).toMatchObject({ cache_hit: false });
    const { event_id } = first as { event_id: string };
    const again = await get({}, { cache });
    expect(again).toMatchObject({ event_id, cache_hit: true });
    expectFit(agentResultValidator('v4'), again);
    pin('v4-loader-cached', again);
  });

  it.each([
    ['an unknown key', { apiKey: 'noSuchKey12345678901' }, {}, /^public_api_key_not_found$/],
    ['a script that cannot be loaded', { endpoint: NOWHERE }, {}, /^script_load_fail$/],
    ['that time ran out', {}, { timeout: 1 }, /^client_timeout$/],
    ['a tag that is too large', {}, { tag: BIG_TAG }, /^(payload_too_large|request_cannot_be_parsed)$/],
  ])('reports %s', async (_, start, options, code) => {
    expect(await get(options, start)).toMatchObject({
      failed: true,
      name: 'FingerprintError',
      code: expect.stringMatching(code),
    });
  });
});

describe('the ES modules, without a loader', () => {
  beforeEach(async () => {
    await page.goto(here.site.pages.serve('/bare', '<!doctype html><title>A page without a loader</title>'));
  });

  it('is served under /v3/<key>', async () => {
    const result = await settle(
      `import('${here.whorl.url}/v3/${here.whorl.publicKey}').then(({ load }) => load()).then((agent) => agent.get())`,
    );
    expect(result).toMatchObject({ requestId: expect.stringMatching(REQUEST_ID) });
    expectFit(agentResultValidator('v3'), result);
  });

  it.each(['/v4', '/web/v4'])('is served under %s/<key>', async (path) => {
    const result = await settle(
      `import('${here.whorl.url}${path}/${here.whorl.publicKey}').then(({ start }) => start({}).get())`,
    );
    expect(result).toMatchObject({ event_id: expect.stringMatching(REQUEST_ID) });
    expectFit(agentResultValidator('v4'), result);
  });

  it('is the same visitor by each of them', async () => {
    const ids = await settle(`Promise.all([
      import('${here.whorl.url}/v3/${here.whorl.publicKey}').then(({ load }) => load()).then((agent) => agent.get()),
      import('${here.whorl.url}/v4/${here.whorl.publicKey}').then(({ start }) => start({}).get()),
    ]).then(([v3, v4]) => ({ v3: v3.visitorId, v4: v4.visitor_id }))`);
    expect(ids).toEqual({ v3: expect.stringMatching(VISITOR_ID), v4: (ids as { v3: string }).v3 });
  });
});
