import { RequestError, type SearchEventsFilter, ServerApiError, TooManyRequestsError } from '@fingerprint/node-sdk';
import { type Browser, launchDriven, type Page, type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { proves } from './clients.ts';
import { contractDocuments, contractValidator } from './contract-document.ts';
import { expectFit, sdkValidators } from './derive-schemas.ts';
import { ingestClient, type Observation, recordObservation } from './ingest-client.ts';
import { officialClientV4 } from './official-client-v4.ts';
import { type Site, startSite } from './site.ts';

const SDK = '@fingerprint/node-sdk';
const UNKNOWN_EVENT = '1700000000000.abcdef';
const UNKNOWN_VISITOR = 'aaaaaaaaaaaaaaaaaaaa';

const fits = sdkValidators(SDK);

type Visit = { requestId: string; visitorId: string };

let whorl: RunningWhorl;
let site: Site;
let browser: Browser;
let page: Page;
let observation: Observation;

beforeAll(async () => {
  [whorl, browser] = await Promise.all([startWhorl(), launchDriven()]);
  site = await startSite(whorl);
  page = await browser.newPage();
  observation = await recordObservation(page, site);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await whorl?.stop();
});

/** A visit like the recorded one; `device` makes it another visitor's. */
const visit = async (changes: Record<string, unknown> = {}, device = 'Linux x86_64'): Promise<Visit> => {
  const sources = { ...observation.sources, platform: { v: device, d: 1 } };
  const { status, body } = await ingestClient(whorl).observe(observation, { sources, ...changes });
  expect(status).toBe(200);
  return body as Visit;
};

const client = (key?: string) => officialClientV4(whorl, key);

/** The error of an attempt, whose body must have the form that the SDK publishes. */
const failure = async (attempt: Promise<unknown>): Promise<ServerApiError> => {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ServerApiError)) throw new Error(`expected a ServerApiError, not ${String(error)}`);
  expect(error).toBeInstanceOf(RequestError);
  expectFit(fits('ErrorResponse'), error.responseBody);
  return error;
};

describe('getEvent', () => {
  beforeEach(proves(SDK, 'getEvent'));

  it('reads what the page has shown', async () => {
    const { requestId, visitorId } = await site.visit(page, { linkedId: 'order 7', tag: { cart: [1, 'ü'] } });
    const event = await client().getEvent(requestId);
    expectFit(fits('Event'), event);
    if (contractDocuments.v4.exists) expectFit(contractValidator('Event', 'v4'), event);
    expect(event).toMatchObject({
      event_id: requestId,
      timestamp: Number(requestId.slice(0, 13)),
      source: 'device',
      url: site.url,
      ip_address: '127.0.0.1',
      linked_id: 'order 7',
      tags: { cart: [1, 'ü'] },
      client_referrer: '',
      identification: { visitor_id: visitorId },
      user_agent: await page.evaluate(() => navigator.userAgent),
    });
    const { raw_device_attributes: raw } = event;
    expect(raw?.hardware_concurrency).toBe(await page.evaluate(() => navigator.hardwareConcurrency));
    expect(raw?.timezone_offset).toBe('+00:00');
    expect(raw).toMatchObject({ font_hash: expect.any(String), math: expect.any(String), audio: expect.any(Number) });
    expect(Object.keys(event)).not.toEqual(expect.arrayContaining(['emulator']));
    expect(event).not.toHaveProperty('jailbroken');
  });

  it('reports what is wrong', async () => {
    expect(await failure(client().getEvent(UNKNOWN_EVENT))).toMatchObject({
      statusCode: 404,
      errorCode: 'event_not_found',
      message: 'event id not found',
    });
    expect(await failure(client().getEvent('../%ff'))).toMatchObject({ statusCode: 400, message: 'invalid event_id' });
    expect(await failure(client('wrong').getEvent(UNKNOWN_EVENT))).toMatchObject({
      statusCode: 403,
      errorCode: 'secret_api_key_not_found',
    });
    expect(await failure(client().getEvent(UNKNOWN_EVENT, { ruleset_id: 'nonsense' }))).toMatchObject({
      statusCode: 400,
      errorCode: 'ruleset_not_found',
    });
  });
});

describe('updateEvent', () => {
  beforeEach(proves(SDK, 'updateEvent', 'getEvent'));

  it('changes what is given and leaves the rest', async () => {
    const { requestId } = await visit({ linkedId: 'before', tag: { step: 1 } });
    await client().updateEvent(requestId, { suspect: true });
    await client().updateEvent(requestId, { linked_id: 'after' });
    expect(await client().getEvent(requestId)).toMatchObject({ linked_id: 'after', suspect: true, tags: { step: 1 } });
  });

  it('reports what is wrong', async () => {
    expect(await failure(client().updateEvent(UNKNOWN_EVENT, { suspect: true }))).toMatchObject({
      statusCode: 404,
      errorCode: 'event_not_found',
    });
    expect(await failure(client().updateEvent(UNKNOWN_EVENT, {}))).toMatchObject({
      statusCode: 400,
      errorCode: 'request_cannot_be_parsed',
    });
    expect(await failure(client().updateEvent(UNKNOWN_EVENT, { linked_id: 'x'.repeat(257) }))).toMatchObject({
      statusCode: 400,
      message: "linked_id can't be greater than 256 characters long",
    });
  });
});

describe('searchEvents', () => {
  beforeEach(proves(SDK, 'searchEvents'));

  const ids = async (filter: SearchEventsFilter): Promise<string[]> => {
    const found = await client().searchEvents(filter);
    expectFit(fits('EventSearch'), found);
    return found.events.map(({ event_id }) => event_id);
  };

  it('finds by linked id page by page, in both directions, and counts', async () => {
    const visits: string[] = [];
    for (let at = 0; at < 5; at++) visits.push((await visit({ linkedId: 'searched' })).requestId);
    for (const reverse of [false, true]) {
      const pages: string[] = [];
      let key: string | undefined;
      do {
        const found = await client().searchEvents({
          limit: 2,
          linked_id: 'searched',
          reverse,
          total_hits: 100,
          ...(key === undefined ? {} : { pagination_key: key }),
        });
        expect(found.total_hits).toBe(5);
        pages.push(...found.events.map(({ event_id }) => event_id));
        key = found.pagination_key;
      } while (key !== undefined);
      expect(pages).toEqual(reverse ? visits : [...visits].reverse());
    }
  });

  it('finds an event by everything that it says of itself', async () => {
    const { requestId, visitorId } = await visit({ linkedId: 'filtered' });
    const event = await client().getEvent(requestId);
    const same: SearchEventsFilter = {
      visitor_id: visitorId,
      bot: event.bot === 'bad' ? 'bad' : 'none',
      ip_address: '127.0.0.9/8',
      linked_id: 'filtered',
      url: event.url ?? '',
      start: new Date(event.timestamp - 1).toISOString(),
      end: event.timestamp + 1,
      vpn: event.vpn === true,
      vpn_confidence: event.vpn_confidence ?? 'low',
      virtual_machine: event.virtual_machine === true,
      tampering: event.tampering === true,
      anti_detect_browser: event.tampering_details?.anti_detect_browser === true,
      incognito: event.incognito === true,
      privacy_settings: event.privacy_settings === true,
      developer_tools: event.developer_tools === true,
      proxy: event.proxy === true,
      tor_node: event.ip_blocklist?.tor_node === true,
      factory_reset: false,
      min_suspect_score: event.suspect_score ?? 0,
      sdk_platform: 'js',
      sdk_version: event.sdk?.version ?? '',
      environment: [event.environment_id ?? '', 'ae_0000000000000000'],
    };
    expect(await ids(same)).toEqual([requestId]);
    expect(await ids({ ...same, incognito: event.incognito === false })).toEqual([]);
    expect(await ids({ ...same, environment: ['ae_0000000000000000'] })).toEqual([]);
    expect(await ids({ ...same, emulator: false })).toEqual([]);
    expect(await ids({ ...same, source: ['edge'] })).toEqual([]);
  });

  it('reports what is wrong', async () => {
    expect(await failure(client().searchEvents({ limit: 101 }))).toMatchObject({
      statusCode: 400,
      errorCode: 'request_cannot_be_parsed',
      message: 'invalid limit',
    });
    expect(await failure(client().searchEvents({ visitor_id: UNKNOWN_VISITOR }))).toMatchObject({
      statusCode: 404,
      errorCode: 'visitor_not_found',
    });
  });
});

describe('deleteVisitorData', () => {
  beforeEach(proves(SDK, 'deleteVisitorData', 'getEvent'));

  it('erases the visitor, and reports one that is not there', async () => {
    const { requestId, visitorId } = await visit({}, 'Another platform');
    await client().deleteVisitorData(visitorId);
    expect(await failure(client().getEvent(requestId))).toMatchObject({ errorCode: 'event_not_found' });
    for (const id of [visitorId, UNKNOWN_VISITOR]) {
      expect(await failure(client().deleteVisitorData(id))).toMatchObject({
        statusCode: 404,
        errorCode: 'visitor_not_found',
      });
    }
    expect(await failure(client().deleteVisitorData('nonsense'))).toMatchObject({ message: 'invalid visitor id' });
  });
});

describe('the limits of a workspace', () => {
  beforeEach(proves(SDK, 'searchEvents'));

  it('are told with the time to wait', async () => {
    const workspaces = JSON.parse((await whorl.command('workspace', 'list', '--json')).stdout) as { id: string }[];
    const change = (requests: string) =>
      whorl.command('workspace', 'change', workspaces[0]?.id ?? '', '--limit-per-key', requests);
    const changed = await change('1/60');
    expect(changed.code, changed.stderr).toBe(0);
    const error = await client()
      .searchEvents({})
      .then(() => failure(client().searchEvents({})));
    expect(error).toBeInstanceOf(TooManyRequestsError);
    expect(Number(error.response.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
