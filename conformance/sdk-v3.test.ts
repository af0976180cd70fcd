import {
  getRetryAfter,
  RequestError,
  type SearchEventsFilter,
  TooManyRequestsError,
} from '@fingerprintjs/fingerprintjs-pro-server-api';
import { type Browser, launchDriven, type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { proves } from './clients.ts';
import { expectFit, sdkValidators } from './derive-schemas.ts';
import { ingestClient, type Observation, recordObservation } from './ingest-client.ts';
import { officialClient } from './official-client.ts';
import { type Site, startSite } from './site.ts';

const SDK = '@fingerprintjs/fingerprintjs-pro-server-api';
const UNKNOWN_EVENT = '1700000000000.abcdef';
const UNKNOWN_VISITOR = 'aaaaaaaaaaaaaaaaaaaa';

const fits = sdkValidators(SDK);

type Visit = { requestId: string; visitorId: string };

let whorl: RunningWhorl;
let site: Site;
let browser: Browser;
let observation: Observation;

beforeAll(async () => {
  [whorl, browser] = await Promise.all([startWhorl(), launchDriven()]);
  site = await startSite(whorl);
  observation = await recordObservation(await browser.newPage(), site);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
  await whorl?.stop();
});

/** A visit like the recorded one; `platform` makes it another visitor's. */
const visit = async (changes: Record<string, unknown> = {}, device = 'Linux x86_64'): Promise<Visit> => {
  const sources = { ...observation.sources, platform: { v: device, d: 1 } };
  const { status, body } = await ingestClient(whorl).observe(observation, { sources, ...changes });
  expect(status).toBe(200);
  return body as Visit;
};

/** The error of an attempt, whose body must have the form that the SDK publishes. */
const failure = async (attempt: Promise<unknown>, form = 'ErrorResponse'): Promise<RequestError> => {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof RequestError)) throw new Error(`expected a RequestError, not ${String(error)}`);
  expectFit(fits(form), error.responseBody);
  return error;
};

const client = (key?: string) => officialClient(whorl, key);

describe('updateEvent', () => {
  beforeEach(proves(SDK, 'updateEvent', 'getEvent'));

  it('changes what is given and leaves the rest', async () => {
    const { requestId } = await visit({ linkedId: 'before', tag: { step: 1 } });
    await client().updateEvent({ suspect: true }, requestId);
    await client().updateEvent({ linkedId: 'after' }, requestId);
    const { data } = (await client().getEvent(requestId)).products.identification ?? {};
    expect(data).toMatchObject({ linkedId: 'after', suspect: true, tag: { step: 1 } });
  });

  it('reports what is wrong', async () => {
    const { requestId } = await visit();
    expect(await failure(client().updateEvent({ suspect: true }, UNKNOWN_EVENT))).toMatchObject({
      statusCode: 404,
      errorCode: 'RequestNotFound',
      message: 'request id not found',
    });
    expect(await failure(client().updateEvent({}, requestId))).toMatchObject({
      statusCode: 400,
      errorCode: 'RequestCannotBeParsed',
      message: 'must provide one of: linkedId, suspect, tags to be updated',
    });
    expect(await failure(client().updateEvent({ linkedId: 'x'.repeat(257) }, requestId))).toMatchObject({
      statusCode: 400,
      message: "linked_id can't be greater than 256 characters long",
    });
  });
});

describe('searchEvents', () => {
  beforeEach(proves(SDK, 'searchEvents'));

  const ids = async (filter: SearchEventsFilter): Promise<string[]> => {
    const found = await client().searchEvents(filter);
    expectFit(fits('SearchEventsResponse'), found);
    return (found.events ?? []).map(({ products }) => products.identification?.data?.requestId ?? '');
  };

  it('finds by linked id, newest first, page by page, in both directions', async () => {
    const visits: string[] = [];
    for (let at = 0; at < 5; at++) visits.push((await visit({ linkedId: 'searched' })).requestId);
    expect(await ids({ limit: 10, linked_id: 'searched' })).toEqual([...visits].reverse());
    for (const reverse of [false, true]) {
      const pages: string[] = [];
      let pagination_key: string | undefined;
      do {
        const page = await client().searchEvents({
          limit: 2,
          linked_id: 'searched',
          reverse,
          ...(pagination_key === undefined ? {} : { pagination_key }),
        });
        pages.push(...(page.events ?? []).map(({ products }) => products.identification?.data?.requestId ?? ''));
        pagination_key = page.paginationKey;
      } while (pagination_key !== undefined);
      expect(pages).toEqual(reverse ? visits : [...visits].reverse());
    }
  });

  it('takes every filter of the SDK', async () => {
    const { requestId, visitorId } = await visit({ linkedId: 'filtered' });
    const { products } = await client().getEvent(requestId);
    const time = products.identification?.data?.timestamp ?? 0;
    const environment = products.identification?.data?.environmentId ?? '';
    const sdk = products.identification?.data?.sdk;
    const same: SearchEventsFilter = {
      limit: 10,
      visitor_id: visitorId,
      bot: products.botd?.data?.bot.result === 'bad' ? 'bad' : 'none',
      ip_address: '127.0.0.9/8',
      linked_id: 'filtered',
      start: time - 1,
      end: time + 1,
      vpn: products.vpn?.data?.result === true,
      virtual_machine: products.virtualMachine?.data?.result === true,
      tampering: products.tampering?.data?.result === true,
      anti_detect_browser: products.tampering?.data?.antiDetectBrowser === true,
      incognito: products.incognito?.data?.result === true,
      privacy_settings: products.privacySettings?.data?.result === true,
      jailbroken: false,
      frida: false,
      factory_reset: false,
      cloned_app: false,
      emulator: false,
      root_apps: false,
      vpn_confidence: products.vpn?.data?.confidence ?? 'low',
      min_suspect_score: products.suspectScore?.data?.result ?? 0,
      developer_tools: products.developerTools?.data?.result === true,
      location_spoofing: false,
      mitm_attack: false,
      proxy: products.proxy?.data?.result === true,
      sdk_version: sdk?.version ?? '',
      sdk_platform: 'js',
      environment: [environment],
    };
    expect(await ids(same)).toEqual([requestId]);
    expect(await ids({ ...same, start: time })).toEqual([]);
    expect(await ids({ ...same, incognito: !same.incognito })).toEqual([]);
    expect(await ids({ ...same, environment: ['ae_0000000000000000'] })).toEqual([]);
  });

  it('reports what is wrong', async () => {
    const refused = async (filter: Record<string, unknown>, message: string) =>
      expect(await failure(client().searchEvents(filter as SearchEventsFilter))).toMatchObject({
        statusCode: 400,
        errorCode: 'RequestCannotBeParsed',
        message,
      });
    await refused({}, 'invalid limit');
    await refused({ limit: 0 }, 'invalid limit');
    await refused({ limit: 5, bot: 'nice' }, 'invalid bot type');
    await refused({ limit: 5, ip_address: '300.1.2.3/8' }, 'invalid ip address');
    await refused({ limit: 5, start: 'monday' }, 'invalid start time');
    await refused({ limit: 5, end: 'sunday' }, 'invalid end time');
    await refused({ limit: 5, reverse: 'perhaps' }, 'invalid reverse param');
    await refused({ limit: 5, pagination_key: '!' }, 'invalid pagination key');
  });
});

describe('getVisits', () => {
  beforeEach(proves(SDK, 'getVisits', 'getVisitorHistory'));

  it('lists the visits of a visitor, page by page', async () => {
    const visits: Visit[] = [];
    for (let at = 0; at < 3; at++) visits.push(await visit({ linkedId: `visit ${at}` }, 'Linux armv8l'));
    const visitorId = visits[0]?.visitorId ?? '';
    const whole = await client().getVisits(visitorId);
    expectFit(fits('VisitorsGetResponse'), whole);
    expect(whole.visits.map(({ requestId }) => requestId)).toEqual(visits.map(({ requestId }) => requestId).reverse());
    const first = await client().getVisits(visitorId, { limit: 2 });
    expect(first.visits).toHaveLength(2);
    const second = await client().getVisits(visitorId, { limit: 2, paginationKey: first.paginationKey ?? '' });
    expect(second.visits.map(({ requestId }) => requestId)).toEqual([visits[0]?.requestId]);
    expect(second).not.toHaveProperty('paginationKey');
    // The older name of the same method.
    expect(await client().getVisitorHistory(visitorId, { linked_id: 'visit 1' })).toMatchObject({
      visits: [{ requestId: visits[1]?.requestId }],
    });
  });

  it('lists nothing for a visitor that is not known', async () => {
    expect(await client().getVisits(UNKNOWN_VISITOR)).toEqual({ visitorId: UNKNOWN_VISITOR, visits: [] });
  });

  it('reports what is wrong in plain words', async () => {
    expect(await failure(client('no-such-key').getVisits(UNKNOWN_VISITOR), 'ErrorPlainResponse')).toMatchObject({
      statusCode: 403,
      message: 'Forbidden (HTTP 403)',
    });
  });
});

describe('getRelatedVisitors', () => {
  beforeEach(proves(SDK, 'getRelatedVisitors'));

  it('answers a list, and what is wrong', async () => {
    const { visitorId } = await visit({}, 'Linux i686');
    const related = await client().getRelatedVisitors({ visitor_id: visitorId });
    expectFit(fits('RelatedVisitorsResponse'), related);
    expect(await failure(client().getRelatedVisitors({ visitor_id: UNKNOWN_VISITOR }))).toMatchObject({
      statusCode: 404,
      errorCode: 'VisitorNotFound',
      message: 'visitor not found',
    });
    expect(await failure(client().getRelatedVisitors({ visitor_id: 'short' }))).toMatchObject({
      statusCode: 400,
      message: 'invalid visitor id',
    });
  });
});

describe('deleteVisitorData', () => {
  beforeEach(proves(SDK, 'deleteVisitorData'));

  it('erases every event of the visitor, who is unknown afterwards', async () => {
    const { requestId, visitorId } = await visit({}, 'FreeBSD amd64');
    await client().deleteVisitorData(visitorId);
    expect(await failure(client().getEvent(requestId))).toMatchObject({ statusCode: 404 });
    expect(await client().getVisits(visitorId)).toMatchObject({ visits: [] });
    expect(await failure(client().deleteVisitorData(visitorId))).toMatchObject({
      statusCode: 404,
      errorCode: 'VisitorNotFound',
    });
    expect((await visit({}, 'FreeBSD amd64')).visitorId).not.toBe(visitorId);
  });
});

describe('a rate limit', () => {
  beforeEach(proves(SDK, 'getEvent', 'getRetryAfter'));

  it('tells the SDK how long to wait', async () => {
    const limited = await startWhorl();
    const { code, stderr } = await limited.command('workspace', 'change', '--limit-per-key', '2/60');
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const attempts = [];
    for (let at = 0; at < 3; at++) attempts.push(await failure(officialClient(limited).getEvent(UNKNOWN_EVENT)));
    await limited.stop();
    expect(attempts.map(({ statusCode }) => statusCode)).toEqual([404, 404, 429]);
    const last = attempts[2];
    if (!(last instanceof TooManyRequestsError)) throw new Error('the SDK does not see a rate limit');
    expect(last.retryAfter).toBeGreaterThan(0);
    expect(last.retryAfter).toBeLessThanOrEqual(60);
    expect(getRetryAfter(last.response)).toBe(last.retryAfter);
  });
});
