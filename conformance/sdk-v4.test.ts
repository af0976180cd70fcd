import { RequestError, type SearchEventsFilter, ServerApiError, TooManyRequestsError } from '@fingerprint/node-sdk';
import { describe, expect, it } from 'vitest';
import { allPages } from './all-pages.ts';
import { contractDocuments, contractValidator } from './contract-document.ts';
import { expectFit, sdkValidators } from './derive-schemas.ts';
import { errorOf } from './error-of.ts';
import { everyFilterFinds } from './every-filter-finds.ts';
import { fetchFrom } from './official-client.ts';
import { officialClientV4, officialFunctionsV4 } from './official-client-v4.ts';
import { recordedVisits } from './recorded-visits.ts';

const UNKNOWN_EVENT = '1700000000000.abcdef';
const UNKNOWN_VISITOR = 'aaaaaaaaaaaaaaaaaaaa';

const fits = sdkValidators('@fingerprint/node-sdk');

const { here, page, visit } = recordedVisits();

const client = (key?: string) => officialClientV4(here.whorl, key);

/** The error of an attempt, whose body must have the form that the SDK publishes. */
const failure = async (attempt: Promise<unknown>): Promise<ServerApiError> => {
  const error = await errorOf(attempt, ServerApiError);
  expect(error).toBeInstanceOf(RequestError);
  expectFit(fits('ErrorResponse'), error.responseBody);
  return error;
};

describe('getEvent', () => {
  it('reads what the page has shown', async () => {
    const { requestId, visitorId } = await here.site.visit(page(), { linkedId: 'order 7', tag: { cart: [1, 'ü'] } });
    const event = await client().getEvent(requestId);
    expectFit(fits('Event'), event);
    if (contractDocuments.v4.exists) expectFit(contractValidator('Event', 'v4'), event);
    expect(event).toMatchObject({
      event_id: requestId,
      timestamp: Number(requestId.slice(0, 13)),
      source: 'device',
      url: here.site.url,
      ip_address: '127.0.0.1',
      linked_id: 'order 7',
      tags: { cart: [1, 'ü'] },
      client_referrer: '',
      identification: { visitor_id: visitorId },
      user_agent: await page().evaluate(() => navigator.userAgent),
    });
    const answer = await fetchFrom(here.whorl.url)(`https://api.fpjs.io/v4/events/${requestId}`, {
      headers: { authorization: `Bearer ${here.whorl.secretKey}` },
    });
    expect(officialFunctionsV4.parseEventsResponse(await answer.text())).toEqual(event);
    const { raw_device_attributes: raw } = event;
    expect(raw?.hardware_concurrency).toBe(await page().evaluate(() => navigator.hardwareConcurrency));
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
    // The event is looked for before the body is read.
    expect(await failure(client().updateEvent(UNKNOWN_EVENT, {}))).toMatchObject({ statusCode: 404 });
    const { requestId } = await visit();
    expect(await failure(client().updateEvent(requestId, {}))).toMatchObject({
      statusCode: 400,
      errorCode: 'request_cannot_be_parsed',
    });
    expect(await failure(client().updateEvent(requestId, { linked_id: 'x'.repeat(257) }))).toMatchObject({
      statusCode: 400,
      message: "linked_id can't be greater than 256 characters long",
    });
  });
});

describe('searchEvents', () => {
  const search = async (filter: SearchEventsFilter) => {
    const found = await client().searchEvents(filter);
    expectFit(fits('EventSearch'), found);
    return found;
  };
  const idsOf = ({ events }: Awaited<ReturnType<typeof search>>): string[] => events.map(({ event_id }) => event_id);
  const ids = async (filter: SearchEventsFilter): Promise<string[]> => idsOf(await search(filter));

  it('finds by linked id page by page, in both directions, and counts', async () => {
    const visits: string[] = [];
    for (let at = 0; at < 5; at++) visits.push((await visit({ linkedId: 'searched' })).requestId);
    for (const reverse of [false, true]) {
      const pages = await allPages(async (from) => {
        const found = await search({ limit: 2, linked_id: 'searched', reverse, total_hits: 100, ...from });
        expect(found.total_hits).toBe(5);
        return { ids: idsOf(found), next: found.pagination_key };
      });
      expect(pages).toEqual(reverse ? visits : [...visits].reverse());
    }
  });

  it('takes every filter of the SDK', async () => {
    const { requestId, visitorId } = await visit({ linkedId: 'filtered' });
    await client().updateEvent(requestId, { suspect: true });
    const event = await client().getEvent(requestId);
    const filters: Required<Omit<SearchEventsFilter & {}, 'limit' | 'pagination_key' | 'reverse' | 'total_hits'>> = {
      visitor_id: visitorId,
      high_recall_id: 'another',
      bot: event.bot === 'bad' ? 'bad' : 'none',
      bot_info: 'all',
      bot_info_category: ['ai_crawler'],
      bot_info_identity: ['verified'],
      bot_info_confidence: ['high'],
      bot_info_provider: ['OpenAI'],
      bot_info_name: ['GPTBot'],
      ip_address: '127.0.0.9/8',
      asn: '64500',
      linked_id: 'filtered',
      url: event.url ?? '',
      bundle_id: 'com.shop.app',
      package_name: 'com.shop.app',
      origin: 'https://other.example',
      start: new Date(event.timestamp - 1).toISOString(),
      end: event.timestamp + 1,
      suspect: true,
      vpn: event.vpn === true,
      virtual_machine: event.virtual_machine === true,
      tampering: event.tampering === true,
      anti_detect_browser: event.tampering_details?.anti_detect_browser === true,
      incognito: event.incognito === true,
      privacy_settings: event.privacy_settings === true,
      jailbroken: false,
      frida: false,
      factory_reset: false,
      cloned_app: false,
      emulator: false,
      root_apps: false,
      vpn_confidence: event.vpn_confidence ?? 'low',
      min_suspect_score: event.suspect_score ?? 0,
      developer_tools: event.developer_tools === true,
      location_spoofing: false,
      mitm_attack: false,
      rare_device: true,
      rare_device_percentile_bucket: 'not_seen',
      proxy: event.proxy === true,
      sdk_version: event.sdk?.version ?? '',
      sdk_platform: 'js',
      environment: [event.environment_id ?? '', 'ae_0000000000000000'],
      proximity_id: 'zone',
      tor_node: event.ip_blocklist?.tor_node === true,
      incremental_identification_status: 'completed',
      simulator: false,
      active_call: false,
      source: ['edge'],
    };
    await everyFilterFinds(requestId, filters, ids, {
      never: [
        'high_recall_id',
        'bot_info',
        'bot_info_category',
        'bot_info_identity',
        'bot_info_confidence',
        'bot_info_provider',
        'bot_info_name',
        'asn',
        'bundle_id',
        'package_name',
        'origin',
        'jailbroken',
        'frida',
        'cloned_app',
        'emulator',
        'root_apps',
        'location_spoofing',
        'mitm_attack',
        'rare_device',
        'rare_device_percentile_bucket',
        'proximity_id',
        'incremental_identification_status',
        'simulator',
        'active_call',
        'source',
      ],
      others: { end: event.timestamp, bot: 'good', environment: ['ae_0000000000000000'] },
    });
  });

  it('takes an empty text for none, as the first page’s key is written, and any text for an environment', async () => {
    const { requestId } = await visit({ linkedId: 'not empty' });
    expect(await ids({ linked_id: 'not empty' })).toEqual([requestId]);
    const empty = { pagination_key: '', ip_address: '', url: '', bot_info_name: [''], environment: [''] };
    expect(await ids({ linked_id: 'not empty', ...empty })).toEqual([requestId]);
    expect(await ids({ limit: 1, linked_id: '', visitor_id: '' })).toEqual([requestId]);
    expect(await ids({ linked_id: 'not empty', environment: ['shop'] })).toEqual([]);
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
  it('are told with the time to wait', async () => {
    const workspaces = JSON.parse((await here.whorl.command('workspace', 'list', '--json')).stdout) as { id: string }[];
    const change = (requests: string) =>
      here.whorl.command('workspace', 'change', workspaces[0]?.id ?? '', '--limit-per-key', requests);
    const changed = await change('1/60');
    expect(changed.code, changed.stderr).toBe(0);
    const error = await client()
      .searchEvents({})
      .then(() => failure(client().searchEvents({})));
    expect(error).toBeInstanceOf(TooManyRequestsError);
    expect(Number(error.response.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
