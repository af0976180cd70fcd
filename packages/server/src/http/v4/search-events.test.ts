import {
  type Event,
  type Feature,
  type Signals,
  V4SearchAnswer,
  type V4SearchName,
  v4SearchFault,
  v4SearchNames,
  v4SearchQuery,
} from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EventTraits } from '../../storage/testing/sample-event.ts';
import { readingsOf } from '../server-api/read-query.ts';
import { useV4 } from './testing/use-v4.ts';

const { server, record, call, search, find, expectError, addEnvironment, withWorkspace } = useV4();

const isAnswer = Compile(V4SearchAnswer);
const now = Date.now();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const VISITOR = 'knownVisitor12345678';
const STAGING = 'ae_4444444444444444';

const found = <T>(data: T) => ({ state: 'detected' as const, confidence: 0.9, data, evidence: [] });
const clear = <T>(data: T) => ({ state: 'clear' as const, confidence: 0.9, data, evidence: [] });
const none = {};
const noMethods = {
  timezoneMismatch: false,
  publicVPN: false,
  auxiliaryMobile: false,
  osMismatch: false,
  relay: false,
};
const GPTBOT = {
  category: 'ai_crawler',
  provider: 'OpenAI',
  name: 'GPTBot',
  identity: 'verified',
  confidence: 'high',
} as const;

/** On browsers: everything that can be found there. */
const webSignals: Partial<Signals> = {
  botd: found({ result: 'good', type: 'gptbot', info: GPTBOT }),
  incognito: found(none),
  developerTools: found(none),
  privacySettings: found(none),
  virtualMachine: found(none),
  tampering: found({ anomalyScore: 0.9, mlScore: 0, antiDetectBrowser: true, confidence: 'high' }),
  vpn: found({ confidence: 'high', originTimezone: '', originCountry: '', methods: noMethods }),
  proxy: found({ confidence: 'high', details: { proxyType: 'residential' } }),
  tor: found(none),
  rareDevice: found({ percentileBucket: 'p99.9+' }),
  proximity: found({ id: 'zone7', precisionRadius: 10, confidence: 0.9 }),
};
const androidSignals: Partial<Signals> = {
  rootApps: found(none),
  emulator: found(none),
  clonedApp: found(none),
  factoryReset: found({ timestamp: 1_700_000_000_000 }),
  frida: found(none),
  locationSpoofing: found(none),
  mitmAttack: found(none),
};

/** Events by name, a minute apart, the first the oldest. */
const traits = {
  plain: { visitorId: VISITOR, linkedId: 'order 7', suspectScore: 0, sdk: { platform: 'js', version: '9.9.9' } },
  found: {
    ip: '2001:db8::7',
    signals: webSignals,
    suspectScore: 40,
    suspect: true,
    url: 'https://shop.example/a?b=c#d',
  },
  android: { sdk: { platform: 'android', version: '2.0.0' }, signals: androidSignals, ip: '198.51.100.9' },
  ios: { sdk: { platform: 'ios', version: '2.0.0' }, signals: { jailbroken: found(none) }, suspect: false },
  staging: { environmentId: STAGING, origin: 'https://staging.example', signals: { rareDevice: clear(none) } },
} as const satisfies Record<string, EventTraits>;
type Name = keyof typeof traits;

const events = {} as Record<Name, Event>;
let stagingKey = '';
beforeAll(async () => {
  stagingKey = (await addEnvironment(STAGING)).secretKey;
  for (const [index, [name, given]] of Object.entries(traits).entries()) {
    events[name as Name] = await record({ time: now - (10 - index) * MINUTE, ...(given as EventTraits) });
  }
});

const ids = (...names: Name[]): string[] => names.map((name) => events[name].id).reverse();
const EVERY: Name[] = ['plain', 'found', 'android', 'ios', 'staging'];
const WEB: Name[] = ['plain', 'found', 'staging'];
const but = (from: Name[], ...left: Name[]): Name[] => from.filter((name) => !left.includes(name));

const filters: [string, Name[]][] = [
  ['', EVERY],
  [`visitor_id=${VISITOR}`, ['plain']],
  ['high_recall_id=abc', []],
  ['bot=all', ['found']],
  ['bot=good', ['found']],
  ['bot=bad', []],
  ['bot=none', but(WEB, 'found')],
  ['bot_info=all', ['found']],
  ['bot_info=none', but(WEB, 'found')],
  ['bot_info=all&bot=none', []],
  ['bot_info_category=ai_agent&bot_info_category=ai_crawler', ['found']],
  ['bot_info_category=ai_agent', []],
  ['bot_info_identity=verified', ['found']],
  ['bot_info_identity=spoofed', []],
  ['bot_info_confidence=high&bot_info_confidence=low', ['found']],
  ['bot_info_provider=OpenAI', ['found']],
  ['bot_info_provider=openai', []],
  ['bot_info_name=GPTBot&bot_info_category=ai_crawler', ['found']],
  ['bot_info_name=GPTBot&bot_info_category=ai_agent', []],
  ['ip_address=198.51.100.9', ['android']],
  ['ip_address=203.0.113.99/24', but(EVERY, 'found', 'android')],
  ['ip_address=2001:DB8::1/32', ['found']],
  ['ip_address=2001:db8::8', []],
  ['asn=7922', EVERY],
  ['asn=7923', []],
  ['linked_id=order+7', ['plain']],
  [`url=${encodeURIComponent('https://shop.example/a?b=c#d')}`, ['found']],
  ['url=https://shop.example/a', []],
  ['bundle_id=com.example', []],
  ['package_name=com.example', []],
  ['origin=https://staging.example', ['staging']],
  ['suspect=true', ['found']],
  ['suspect=false', ['ios']],
  ['vpn=true', ['found']],
  ['vpn=false', but(EVERY, 'found')],
  ['virtual_machine=true', ['found']],
  ['virtual_machine=false', but(WEB, 'found')],
  ['tampering=true', ['found']],
  ['tampering=false', but(EVERY, 'found')],
  ['anti_detect_browser=true', ['found']],
  ['anti_detect_browser=false', but(EVERY, 'found')],
  ['incognito=true', ['found']],
  ['incognito=false', but(WEB, 'found')],
  ['privacy_settings=true', ['found']],
  ['privacy_settings=false', but(WEB, 'found')],
  ['jailbroken=true', ['ios']],
  ['jailbroken=false', []],
  ['frida=true', ['android']],
  ['frida=false', ['ios']],
  ['factory_reset=true', ['android']],
  ['factory_reset=false', but(EVERY, 'android')],
  ['cloned_app=true', ['android']],
  ['cloned_app=false', []],
  ['emulator=true', ['android']],
  ['emulator=false', []],
  ['root_apps=true', ['android']],
  ['root_apps=false', []],
  ['vpn_confidence=high', ['found']],
  ['vpn_confidence=medium', but(EVERY, 'found')],
  ['min_suspect_score=40', ['found']],
  ['min_suspect_score=39.5', ['found']],
  ['min_suspect_score=40.5', []],
  ['min_suspect_score=-1', EVERY],
  ['min_suspect_score=1e300', []],
  ['developer_tools=true', ['found']],
  ['developer_tools=false', but(EVERY, 'found')],
  ['location_spoofing=true', ['android']],
  ['location_spoofing=false', ['ios']],
  ['mitm_attack=true', ['android']],
  ['mitm_attack=false', ['ios']],
  ['rare_device=true', ['found']],
  ['rare_device=false', ['staging']],
  ['rare_device_percentile_bucket=p99.9%2B', ['found']],
  ['rare_device_percentile_bucket=not_seen', []],
  ['proxy=true', ['found']],
  ['proxy=false', but(EVERY, 'found')],
  ['sdk_version=9.9.9', ['plain']],
  ['sdk_platform=android', ['android']],
  ['sdk_platform=android&incognito=false', []],
  [`environment=${STAGING}`, ['staging']],
  [`environment=${STAGING}&environment=ae_5555555555555555`, ['staging']],
  ['environment=ae_5555555555555555', []],
  ['proximity_id=zone7', ['found']],
  ['proximity_id=zone8', []],
  ['tor_node=true', ['found']],
  ['tor_node=false', but(EVERY, 'found')],
  ['incremental_identification_status=completed', []],
  ['incremental_identification_status=partially_completed', []],
  ['simulator=true', []],
  ['simulator=false', ['ios']],
  ['active_call=false', []],
  ['source=edge', []],
  ['ii=some-sdk/1.0&whatever=1', EVERY],
];

describe('GET /v4/events', () => {
  it.each(filters)('%s', async (query, expected) => {
    expect(await find(query)).toEqual(ids(...expected));
    const reversed = await find(`reverse=true&${query}`);
    expect(reversed).toEqual(ids(...expected).reverse());
  });

  it('shows events as they are shown one by one', async () => {
    const answer = await search('limit=3&total_hits=1000');
    expect(isAnswer.Errors(answer)).toEqual([]);
    for (const event of answer.events) {
      expect((await call('GET', `/events/${event.event_id}`)).json()).toEqual(event);
    }
  });

  it('finds no reset of a browser, whatever an import says of it', async () => {
    const reset = { factoryReset: found({ timestamp: 1_700_000_000_000 }) };
    const { id } = await record({ linkedId: 'reset', signals: reset });
    expect(await find('linked_id=reset')).toEqual([id]);
    expect(await find('linked_id=reset&factory_reset=true')).toEqual([]);
  });
});

describe('the time of a search', () => {
  const at = (name: Name) => events[name].time;
  const iso = (time: number) => new Date(time).toISOString();

  it('is strictly between start and end, in milliseconds or by RFC 3339', async () => {
    for (const form of [String, iso, (time: number) => iso(time).toLowerCase()]) {
      expect(await find(`start=${form(at('plain'))}&end=${form(at('staging'))}`)).toEqual(
        ids('found', 'android', 'ios'),
      );
      expect(await find(`start=${form(at('plain') - 1)}&end=${form(at('found') + 1)}`)).toEqual(ids('plain', 'found'));
    }
    const local = `${iso(at('found') + 2 * 60 * MINUTE).slice(0, -1)}+02:00`;
    expect(await find(`end=${encodeURIComponent(local)}`)).toEqual(ids('plain'));
    expect(await find(`start=${at('staging')}&end=${at('plain')}`)).toEqual([]);
  });

  it('is the last seven days unless it is said', async () => {
    const inside = await record({ time: Date.now() - 7 * DAY + MINUTE, linkedId: 'old' });
    const outside = await record({ time: Date.now() - 7 * DAY - MINUTE, linkedId: 'old' });
    expect(await find('linked_id=old')).toEqual([inside.id]);
    expect(await find('linked_id=old&start=0')).toEqual([inside.id, outside.id]);
    expect(await find(`linked_id=old&start=0&end=${inside.time}`)).toEqual([outside.id]);
  });

  it('includes what has just happened', async () => {
    const { id } = await record({ linkedId: 'just now' });
    expect(await find('linked_id=just+now')).toEqual([id]);
  });
});

describe('pages', () => {
  const linkedId = 'many pages';

  it('have ten events, and follow each other while events arrive', async () => {
    const all: string[] = [];
    for (let index = 0; index < 25; index++) {
      // Some of them in the same millisecond.
      all.unshift((await record({ linkedId, time: now - DAY + Math.floor(index / 3) })).id);
    }
    const expected = all.sort().reverse();
    const seen: string[] = [];
    let page = await search(`linked_id=${linkedId}`);
    for (;;) {
      expect(page.events.length).toBeLessThanOrEqual(10);
      seen.push(...page.events.map(({ event_id }) => event_id));
      if (page.pagination_key === undefined) break;
      await record({ linkedId, time: Date.now() });
      page = await search(`linked_id=${linkedId}&pagination_key=${page.pagination_key}`);
    }
    expect(seen).toEqual(expected);
  });

  it('take an empty text for one that was not given', async () => {
    const whole = await search('sdk_version=2.0.0&total_hits=50');
    expect(whole.events).not.toEqual([]);
    const texts = v4SearchNames.filter(
      (name) => name !== 'sdk_version' && readingsOf(v4SearchQuery[name].schema, '').includes(''),
    );
    expect(texts).toEqual(expect.arrayContaining(['pagination_key', 'linked_id', 'visitor_id', 'bot', 'environment']));
    for (const name of texts.filter((each) => each !== 'start' && each !== 'end')) {
      expect(await search(`sdk_version=2.0.0&total_hits=50&${name}=`), name).toEqual(whole);
    }
    expect(await search('sdk_version=2.0.0&total_hits=50&environment=&environment=')).toEqual(whole);
    expect(await find('environment=nonsense')).toEqual([]);
    expect(await find(`environment=nonsense&environment=${STAGING}`)).toEqual(ids('staging'));
  });

  it('count the matches of all pages up to the number that is asked for', async () => {
    const of = async (query: string) => (await search(query)).total_hits;
    const matching = (await search('sdk_version=2.0.0')).events.length;
    expect(await of('sdk_version=2.0.0&limit=1&total_hits=1000')).toBe(matching);
    expect(await of('sdk_version=2.0.0&limit=1&total_hits=1')).toBe(1);
    expect(await of('simulator=true&total_hits=5')).toBe(0);
    expect(await of('sdk_version=2.0.0')).toBeUndefined();
  });
});

describe('what a key may see', () => {
  it('is its environment, whichever is asked for', async () => {
    expect(await find('', stagingKey)).toEqual(ids('staging'));
    expect(await find(`environment=${STAGING}`, stagingKey)).toEqual(ids('staging'));
    expect(await find(`environment=${server().first.environment.id}`, stagingKey)).toEqual([]);
  });

  it('has no visitor that has no events for it', async () => {
    expect(await find(`visitor_id=${VISITOR}&start=0&end=1`)).toEqual([]);
    expectError(await call('GET', `/events?visitor_id=${VISITOR}`, { key: stagingKey }), 'visitorNotFound');
    expectError(await call('GET', '/events?visitor_id=unknownVisitor123456'), 'visitorNotFound');
    expectError(await call('GET', '/events?visitor_id=unknownVisitor123456&simulator=true'), 'visitorNotFound');
  });

  it('has nothing of what the workspace has switched off', async () => {
    const cases: [Feature, string][] = [
      ['vpn', 'vpn=false'],
      ['vpn', 'vpn_confidence=medium'],
      ['botd', 'bot=none'],
      ['botd', 'bot_info=all'],
      ['tampering', 'anti_detect_browser=false'],
      ['suspectScore', 'min_suspect_score=0'],
      ['ipInfo', 'asn=7922'],
      ['tor', 'tor_node=false'],
      ['proximity', 'proximity_id=zone7'],
    ];
    for (const [feature, query] of cases) {
      expect(await find(query)).not.toEqual([]);
      await withWorkspace({ disabledFeatures: [feature] }, async () => expect(await find(query)).toEqual([]));
    }
  });
});

describe('source=edge', () => {
  const headers = [
    { name: 'Host', value: 'shop.example' },
    { name: 'User-Agent', value: 'Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)' },
  ];
  const report = async (change: Record<string, unknown> = {}): Promise<string> => {
    const body = { headers, method: 'GET', url: 'https://shop.example/edge', ipv4_address: '192.0.2.7', ...change };
    const answer = await call('POST', '/edge', { body });
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<{ event_id: string }>().event_id;
  };

  it('finds what servers asked about, by what those events have, and reads them by their ids', async () => {
    const human = await report({ headers: [{ name: 'Host', value: 'shop.example' }], linked_id: 'edge 1' });
    const bot = await report({ ipv4_address: '192.0.2.200' });
    const both = [bot, human];
    const cases: [string, string[]][] = [
      ['', both],
      ['linked_id=edge+1', [human]],
      ['ip_address=192.0.2.128/25', [bot]],
      ['url=https://shop.example/edge', both],
      ['bot_info=all', [bot]],
      ['bot_info=none', [human]],
      ['bot_info_name=GPTBot', [bot]],
      ['bot_info_name=Googlebot', []],
      ['vpn=true', []],
      ['vpn=false', both],
      ['proxy=false', both],
      ['total_hits=5&limit=1', [bot]],
      ['bot=none', []],
      ['suspect=true', []],
      ['incognito=false', []],
      ['factory_reset=false', []],
      ['sdk_platform=js', []],
      [`visitor_id=${VISITOR}`, []],
    ];
    for (const [query, expected] of cases) expect(await find(`source=edge&${query}`), query).toEqual(expected);
    expect(await find('linked_id=edge+1')).toEqual([]);
    const answer = await search('source=edge&total_hits=5&limit=1');
    expect(isAnswer.Errors(answer)).toEqual([]);
    expect(answer.total_hits).toBe(2);
    expect(await find(`source=edge&limit=1&pagination_key=${answer.pagination_key}`)).toEqual([human]);
    const read = (await call('GET', `/events/${bot}`)).json();
    expect(read).toMatchObject({ event_id: bot, source: 'edge', bot_info: { name: 'GPTBot' } });
  });
});

describe('a wrong parameter', () => {
  const wrong: [V4SearchName, string[]][] = [
    ['limit', ['', '0', '101', '-1', '1.5', '1e1', 'ten', '10&limit=10']],
    ['pagination_key', ['nonsense', '1700000000000', 'x'.repeat(300)]],
    ['visitor_id', ['nonsense', `${VISITOR}x`, `${VISITOR}&visitor_id=${VISITOR}`]],
    ['high_recall_id', ['x'.repeat(26), '-']],
    ['bot', ['ALL', 'ugly', 'good&bot=bad', 'good,bad']],
    ['bot_info', ['some']],
    ['bot_info_category', ['nonsense', 'ai_agent,ai_search', 'ai_agent&bot_info_category=x']],
    ['ip_address', ['nonsense', '1.2.3', '1.2.3.4/33', '::1/129', '01.2.3.4', '1.2.3.4/24/24', 'fe80::1%25eth0']],
    ['asn', ['AS1', '-1', '12345678901']],
    ['linked_id', ['x'.repeat(257), 'a&linked_id=b']],
    [
      'start',
      ['', 'yesterday', '-1', '1.5', '9999999999999999', '2026-02-31T00:00:00Z', '2026-01-01', '2026-13-01T00:00:00Z'],
    ],
    ['end', ['2026-01-01T00:00:00', '2026-01-01T25:00:00Z', '2026-01-01T00:00:00Z&end=1', '2026-01-01T00:00:00+0200']],
    ['reverse', ['', '1', 'TRUE', 'yes', 'true&reverse=true']],
    ['vpn', ['', '1', 'True', 'true&vpn=false']],
    ['vpn_confidence', ['highest']],
    ['min_suspect_score', ['', 'high', 'NaN', 'Infinity', '0x10', '1e999']],
    ['rare_device_percentile_bucket', ['p99.9+', 'p95']],
    ['sdk_platform', ['web']],
    ['environment', ['x'.repeat(1_025)]],
    ['total_hits', ['', '0', '1001', 'all']],
    ['simulator', ['', 'maybe']],
    ['incremental_identification_status', ['done']],
    ['source', ['device', 'edge&source=edge']],
  ];

  it.each(wrong)('%s', async (name, values) => {
    for (const value of values) {
      const answer = await call('GET', `/events?${name}=${value}`);
      expect(answer.json(), value).toEqual({
        error: { code: 'request_cannot_be_parsed', message: v4SearchFault(name) },
      });
      expect(answer.statusCode).toBe(400);
    }
  });

  it('is told of before it is looked whether anything could match, the first one first', async () => {
    const answer = await call('GET', '/events?simulator=true&end=nonsense&limit=nonsense');
    expect(answer.json()).toMatchObject({ error: { message: 'invalid limit' } });
    const later = await call('GET', '/events?simulator=true&end=nonsense');
    expect(later.json()).toMatchObject({ error: { message: 'invalid end time' } });
  });

  it('is one in brackets: passing over it would show what was filtered out', async () => {
    const answer = await call('GET', `/events?environment[]=${STAGING}`);
    expect(answer.json()).toMatchObject({ error: { message: 'invalid environment' } });
  });
});
