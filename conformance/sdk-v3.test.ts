import {
  Region,
  RequestError,
  type SearchEventsFilter,
  TooManyRequestsError,
} from '@fingerprintjs/fingerprintjs-pro-server-api';
import { startWhorl } from '@whorl/testing';
import { describe, expect, it } from 'vitest';
import { allPages, type PageOfIds } from './all-pages.ts';
import { expectFit, sdkValidators } from './derive-schemas.ts';
import { errorOf } from './error-of.ts';
import { everyFilterFinds } from './every-filter-finds.ts';
import { fetchFrom, officialClient, officialClientByQuery, officialFunctions } from './official-client.ts';
import { recordedVisits, type Visit } from './recorded-visits.ts';

const UNKNOWN_EVENT = '1700000000000.abcdef';
const UNKNOWN_VISITOR = 'aaaaaaaaaaaaaaaaaaaa';

const fits = sdkValidators('@fingerprintjs/fingerprintjs-pro-server-api');

const { here, visit } = recordedVisits();

/** The error of an attempt, whose body must have the form that the SDK publishes. */
const failure = async (attempt: Promise<unknown>, form = 'ErrorResponse'): Promise<RequestError> => {
  const error = await errorOf(attempt, RequestError);
  expectFit(fits(form), error.responseBody);
  return error;
};

const client = (key?: string) => officialClient(here.whorl, key);

describe('the ways to ask without the client', () => {
  it('are a key in the query, and the address of a request', async () => {
    const { requestId } = await visit({ linkedId: 'asked in other ways' });
    const event = await client().getEvent(requestId);
    const asked: string[] = [];
    const byQuery = officialClientByQuery(here.whorl, (input, init) => {
      asked.push(String(input));
      expect(new Headers(init?.headers).has('auth-api-key')).toBe(false);
      return fetchFrom(here.whorl.url)(input, init);
    });
    expect(await byQuery.getEvent(requestId)).toEqual(event);
    const address = officialFunctions.getRequestPath({
      path: '/events/{request_id}',
      method: 'get',
      pathParams: [requestId],
      apiKey: here.whorl.secretKey,
      region: Region.Global,
    });
    expect(asked).toEqual([address]);
    const answer = await fetchFrom(here.whorl.url)(address);
    expect(officialFunctions.parseEventsResponse(await answer.text())).toEqual(event);
  });

  it('refuse a wrong key in the query, too', async () => {
    const stranger = officialClientByQuery({ ...here.whorl, secretKey: 'no-such-key' });
    expect(await failure(stranger.getEvent(UNKNOWN_EVENT))).toMatchObject({
      statusCode: 403,
      errorCode: 'TokenNotFound',
    });
    expect(await failure(stranger.updateEvent({ suspect: true }, UNKNOWN_EVENT))).toMatchObject({ statusCode: 403 });
    expect(await failure(stranger.searchEvents({ limit: 1 }))).toMatchObject({ statusCode: 403 });
  });
});

describe('updateEvent', () => {
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
  const pageOf = async (filter: SearchEventsFilter): Promise<PageOfIds> => {
    const found = await client().searchEvents(filter);
    expectFit(fits('SearchEventsResponse'), found);
    const ids = (found.events ?? []).map(({ products }) => products.identification?.data?.requestId ?? '');
    return { ids, next: found.paginationKey };
  };
  const ids = async (filter: SearchEventsFilter): Promise<string[]> => (await pageOf(filter)).ids;

  it('finds by linked id, newest first, page by page, in both directions', async () => {
    const visits: string[] = [];
    for (let at = 0; at < 5; at++) visits.push((await visit({ linkedId: 'searched' })).requestId);
    expect(await ids({ limit: 10, linked_id: 'searched' })).toEqual([...visits].reverse());
    for (const reverse of [false, true]) {
      const pages = await allPages((from) => pageOf({ limit: 2, linked_id: 'searched', reverse, ...from }));
      expect(pages).toEqual(reverse ? visits : [...visits].reverse());
    }
  });

  it('takes every filter of the SDK', async () => {
    const { requestId, visitorId } = await visit({ linkedId: 'filtered' });
    await client().updateEvent({ suspect: true }, requestId);
    const { products } = await client().getEvent(requestId);
    const { timestamp: time, environmentId = '', sdk } = products.identification?.data ?? { timestamp: 0 };
    const filters: Required<Omit<SearchEventsFilter, 'limit' | 'pagination_key' | 'reverse'>> = {
      visitor_id: visitorId,
      bot: products.botd?.data?.bot.result === 'bad' ? 'bad' : 'none',
      ip_address: '127.0.0.9/8',
      linked_id: 'filtered',
      start: time - 1,
      end: time + 1,
      suspect: true,
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
      ip_blocklist: products.ipBlocklist?.data?.result === true,
      datacenter: true,
      developer_tools: products.developerTools?.data?.result === true,
      location_spoofing: false,
      mitm_attack: false,
      rare_device: true,
      rare_device_percentile_bucket: 'not_seen',
      proxy: products.proxy?.data?.result === true,
      sdk_version: sdk?.version ?? '',
      sdk_platform: 'js',
      environment: [environmentId],
      proximity_id: 'zone',
      proximity_precision_radius: 10,
    };
    await everyFilterFinds(requestId, filters, (filter) => ids({ limit: 10, ...filter }), {
      // Of this machine's own address no network is known, of one visitor no population, of a browser no place.
      never: [
        'datacenter',
        'rare_device',
        'rare_device_percentile_bucket',
        'proximity_id',
        'proximity_precision_radius',
      ],
      others: { start: time, end: time, bot: 'good', sdk_platform: 'ios', environment: ['ae_0000000000000000'] },
    });
  });

  it('takes an empty text for none, as the first page’s key is written', async () => {
    const { requestId } = await visit({ linkedId: 'not empty' });
    const whole = await ids({ limit: 10, linked_id: 'not empty' });
    expect(whole).toEqual([requestId]);
    const empty = { pagination_key: '', ip_address: '', sdk_version: '', proximity_id: '', environment: [''] };
    expect(await ids({ limit: 10, linked_id: 'not empty', ...empty })).toEqual(whole);
    expect(await ids({ limit: 1, linked_id: '', visitor_id: '' })).toEqual(whole);
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

  it('takes an empty linked id, request id and key for none', async () => {
    const { visitorId } = await visit({ linkedId: 'with empties' }, 'Linux armv7l');
    const whole = await client().getVisits(visitorId);
    expect(whole.visits).toHaveLength(1);
    expect(await client().getVisits(visitorId, { linked_id: '', request_id: '', paginationKey: '' })).toEqual(whole);
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
    expect(officialFunctions.getRetryAfter(last.response)).toBe(last.retryAfter);
  });
});
