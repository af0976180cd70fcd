import {
  type Event,
  type SignalName,
  V3SearchAnswer,
  type V3SearchParameterName,
  v3SearchQuery,
} from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { useV3 } from './testing/use-v3.ts';

const { call, record, search, visit } = useV3();

const answers = Compile(V3SearchAnswer);

/** An event whose signal has this state, or whose whole signals are replaced. */
const withSignal =
  (name: SignalName, state: 'detected' | 'clear' | 'unknown', data: object = {}) =>
  (event: Event): Event => ({
    ...event,
    signals: {
      ...event.signals,
      [name]: { ...event.signals[name], state, data: { ...event.signals[name].data, ...data } },
    },
  });

/** Ids of the events of one visitor that a filter finds, so that tests do not see one another's. */
const found = async (visitorId: string, query: string) => {
  const { ids } = await search(`limit=100&visitor_id=${visitorId}&${query}`);
  return ids;
};

const visitorOf = (() => {
  let count = 0;
  return () => `visitor${String(++count).padStart(13, '0')}`;
})();

describe('GET /events/search', () => {
  it('answers whole events, newest first, and has a schema that holds', async () => {
    const visitorId = visitorOf();
    const now = Date.now();
    const events = [];
    for (const age of [3000, 1000, 2000]) events.push(await record({ visitorId, time: now - age, linkedId: `${age}` }));
    const answer = await call('GET', `/events/search?limit=10&visitor_id=${visitorId}`);
    expect(answers.Check(answer.json()), JSON.stringify(answers.Errors(answer.json())[0])).toBe(true);
    expect(await found(visitorId, '')).toEqual([events[1]?.id, events[2]?.id, events[0]?.id]);
    expect(await found(visitorId, 'reverse=true')).toEqual([events[0]?.id, events[2]?.id, events[1]?.id]);
    expect(await found(visitorId, 'reverse=false')).toHaveLength(3);
    expect(Object.keys(answer.json())).toEqual(['events']);
    const one = await call('GET', `/events/${events[1]?.id}`);
    expect(answer.json<V3SearchAnswer>().events[0]).toEqual(one.json());
  });

  it('shows what the agent sent a moment ago', async () => {
    const { requestId, visitorId } = await visit({ ip: '198.51.100.77' });
    expect((await search(`limit=1&visitor_id=${visitorId}`)).ids).toEqual([requestId]);
  });

  it.each([
    'vpn',
    'virtual_machine',
    'tampering',
    'incognito',
    'privacy_settings',
    'jailbroken',
    'frida',
    'factory_reset',
    'cloned_app',
    'emulator',
    'root_apps',
    'ip_blocklist',
    'developer_tools',
    'location_spoofing',
    'mitm_attack',
    'proxy',
  ] as const satisfies V3SearchParameterName[])('filters by %s as the event shows it', async (name) => {
    const visitorId = visitorOf();
    const product = v3SearchQuery[name].product;
    const data = name === 'factory_reset' ? { timestamp: 1_700_000_000_000 } : {};
    const [yes, no, unknown] = [
      await record({ visitorId, time: Date.now() - 3 }, withSignal(product, 'detected', data)),
      await record({ visitorId, time: Date.now() - 2 }, withSignal(product, 'clear')),
      await record({ visitorId, time: Date.now() - 1 }, withSignal(product, 'unknown')),
    ];
    expect(await found(visitorId, `${name}=true`)).toEqual([yes.id]);
    expect((await found(visitorId, `${name}=false`)).sort()).toEqual([no.id, unknown.id].sort());
  });

  it('leaves out events that lack the signal where the event does', async () => {
    const visitorId = visitorOf();
    const bucket = { percentileBucket: 'p99.9+' };
    const rare = await record({ visitorId }, withSignal('rareDevice', 'detected', bucket));
    const usual = await record({ visitorId }, withSignal('rareDevice', 'clear', { percentileBucket: '<p95' }));
    const unknown = await record({ visitorId }, withSignal('rareDevice', 'unknown', bucket));
    expect(await found(visitorId, 'rare_device=true')).toEqual([rare.id]);
    expect(await found(visitorId, 'rare_device=false')).toEqual([usual.id]);
    expect(await found(visitorId, 'rare_device_percentile_bucket=p99.9%2B')).toEqual([rare.id]);
    expect(await found(visitorId, 'rare_device_percentile_bucket=%3Cp95')).toEqual([usual.id]);
    const address = { address: '203.0.113.9', geolocation: {} };
    const hosted = { v4: { ...address, datacenter: { result: true, name: 'Host' } } };
    const inside = await record({ visitorId }, withSignal('ipInfo', 'detected', hosted));
    const notKnown = await record({ visitorId }, withSignal('ipInfo', 'detected', { v4: address }));
    expect(await found(visitorId, 'datacenter=true')).toEqual([inside.id]);
    const outside = await found(visitorId, 'datacenter=false');
    expect(outside.sort()).toEqual([rare.id, usual.id, unknown.id].sort());
    expect(outside).not.toContain(notKnown.id);
  });

  it('filters by what is inside a signal', async () => {
    const visitorId = visitorOf();
    const evading = await record({ visitorId }, withSignal('tampering', 'detected', { antiDetectBrowser: true }));
    const plain = await record({ visitorId }, withSignal('tampering', 'detected', { antiDetectBrowser: false }));
    expect(await found(visitorId, 'anti_detect_browser=true')).toEqual([evading.id]);
    expect(await found(visitorId, 'anti_detect_browser=false')).toEqual([plain.id]);
    const sure = await record({ visitorId }, withSignal('vpn', 'clear', { confidence: 'high' }));
    expect(await found(visitorId, 'vpn_confidence=high')).toEqual([sure.id]);
    expect(await found(visitorId, 'vpn_confidence=low')).toEqual([]);
    const near = { id: 'w1aTfd4MCvl', precisionRadius: 65, confidence: 0.9 };
    const shared = await record({ visitorId }, withSignal('proximity', 'detected', near));
    expect(await found(visitorId, 'proximity_id=w1aTfd4MCvl&proximity_precision_radius=65')).toEqual([shared.id]);
    expect(await found(visitorId, 'proximity_id=w1aTfd4MCv')).toEqual([]);
    expect(await found(visitorId, 'proximity_precision_radius=10')).toEqual([]);
  });

  it('filters by bots', async () => {
    const visitorId = visitorOf();
    const none = await record({ visitorId });
    const good = await record({ visitorId }, withSignal('botd', 'detected', { result: 'good' }));
    const bad = await record({ visitorId }, withSignal('botd', 'detected', { result: 'bad', type: 'headless' }));
    expect(await found(visitorId, 'bot=none')).toEqual([none.id]);
    expect(await found(visitorId, 'bot=good')).toEqual([good.id]);
    expect(await found(visitorId, 'bot=bad')).toEqual([bad.id]);
    expect((await found(visitorId, 'bot=all')).sort()).toEqual([good.id, bad.id].sort());
  });

  it('filters by suspicion: a score and above, and what an update said', async () => {
    const visitorId = visitorOf();
    const scored = (result: number) => (event: Event) => ({
      ...event,
      suspectScore: { ...event.suspectScore, data: { result } },
    });
    const seven = await record({ visitorId }, scored(7));
    const eight = await record({ visitorId }, (event) => ({ ...scored(8)(event), suspect: false }));
    expect((await found(visitorId, 'min_suspect_score=7')).sort()).toEqual([seven.id, eight.id].sort());
    expect(await found(visitorId, 'min_suspect_score=7.5')).toEqual([eight.id]);
    expect(await found(visitorId, 'min_suspect_score=-1e2')).toHaveLength(2);
    expect(await found(visitorId, 'suspect=false')).toEqual([eight.id]);
    expect(await found(visitorId, 'suspect=true')).toEqual([]);
  });

  it('filters by linked id and by the client, as whole words', async () => {
    const visitorId = visitorOf();
    const { id } = await record({ visitorId, linkedId: 'Order 1 & "2"\u0000' });
    expect(await found(visitorId, `linked_id=${encodeURIComponent('Order 1 & "2"\u0000')}`)).toEqual([id]);
    expect(await found(visitorId, 'linked_id=Order')).toEqual([]);
    expect(await found(visitorId, 'sdk_version=1.2.3&sdk_platform=js')).toEqual([id]);
    expect(await found(visitorId, 'sdk_version=1.2')).toEqual([]);
    expect(await found(visitorId, 'sdk_platform=ios')).toEqual([]);
  });

  it.each([
    ['203.0.113.7/32', true],
    ['203.0.113.99/24', true],
    ['203.0.113.8/32', false],
    ['0.0.0.0/0', true],
    ['::ffff:203.0.113.7/128', true],
    ['2001:db8::/32', false],
  ])('finds an address in %s: %s', async (network, expected) => {
    const visitorId = visitorOf();
    const { id } = await record({ visitorId, ip: '203.0.113.7' });
    expect(await found(visitorId, `ip_address=${encodeURIComponent(network)}`)).toEqual(expected ? [id] : []);
  });

  it('looks at the last seven days unless told otherwise, both ends excluded', async () => {
    const visitorId = visitorOf();
    const now = Date.now();
    const week = 7 * 24 * 60 * 60_000;
    const [old, middle, late] = [
      await record({ visitorId, time: now - week - 60_000 }),
      await record({ visitorId, time: now - week + 60_000 }),
      await record({ visitorId, time: now - 1000 }),
    ];
    expect(await found(visitorId, '')).toEqual([late.id, middle.id]);
    expect(await found(visitorId, 'start=0')).toEqual([late.id, middle.id, old.id]);
    expect(await found(visitorId, `start=${old.time}`)).toEqual([late.id, middle.id]);
    expect(await found(visitorId, `start=${old.time - 1}&end=${late.time}`)).toEqual([middle.id, old.id]);
    expect(await found(visitorId, `end=${late.time + 1}`)).toEqual([late.id, middle.id]);
    expect(await found(visitorId, `start=${late.time}&end=${old.time}`)).toEqual([]);
  });
});
