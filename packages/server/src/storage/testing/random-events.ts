import { randomBytes } from 'node:crypto';
import {
  type BotInfo,
  type Event,
  type EventFilter,
  type SearchFlag,
  type SignalName,
  type Signals,
  signalNames,
} from '@whorl/contract';
import { failed, neutralData } from '@whorl/engine';
import fc from 'fast-check';
import { BUCKETS, makeRequestId } from '../request-id.ts';
import { ENVIRONMENT, NOON, OTHER_WORKSPACE, sampleEvent, sampleSignals, WORKSPACE } from './sample-event.ts';

/** Events and filters from the same few values, so that they often meet. */
const values = {
  environments: [ENVIRONMENT, 'ae_00000000000000c3'],
  visitors: ['visitorAAAAAAAAAAAA1', 'visitorAAAAAAAAAAAA2', 'visitoraaaaaaaaaaaa1'],
  linkedIds: [
    'customer',
    'Customer',
    '',
    'zákazník 👩‍💻',
    'a\0b',
    'a',
    '\ud800',
    '\ud801',
    '"\\',
    "'; DROP TABLE events",
  ],
  ips: ['203.0.113.7', '203.0.113.8', '203.0.112.255', '10.1.2.3', '2001:db8::7', '2001:db8:1::1'],
  networks: [
    '203.0.113.7/32',
    '203.0.113.0/24',
    '203.0.112.0/23',
    '10.0.0.0/8',
    '0.0.0.0/0',
    '2001:db8::/32',
    '2001:db8::/48',
  ],
  urls: ['https://shop.example/', 'https://shop.example/?a', 'https://shop.example/é\0'],
  origins: ['https://shop.example', 'https://other.example'],
  asns: ['7922', '13335'],
  sdkVersions: ['1.2.3', '4.0.0-beta.1', 'v\0'],
  proximityIds: ['near', 'far\ud800'],
  radii: [10, 25],
  buckets: ['<p95', 'p99.9+', 'not_seen'],
  providers: ['OpenAI', 'Google "Inc." \\ 1', 'a\0b', '\ud800'],
  names: ['GPTBot', 'Googlebot', '\ud801', 'a\\u0000b', 'a\0b'],
} as const;

const anyOf = <T>(list: readonly T[]) => fc.constantFrom(...list);
const maybe = <T>(list: readonly T[]) => fc.option(anyOf(list), { nil: undefined });

const botInfo: fc.Arbitrary<BotInfo> = fc.record({
  category: anyOf(['ai_crawler', 'search_engine_crawler'] as const),
  provider: anyOf(values.providers),
  name: anyOf(values.names),
  identity: anyOf(['verified', 'spoofed'] as const),
  confidence: anyOf(['low', 'high'] as const),
});

/** Signals of which some failed: few, so that most events have most of theirs. */
const withFailures = (signals: fc.Arbitrary<Partial<Signals>>): fc.Arbitrary<Partial<Signals>> =>
  fc
    .record({ given: signals, lost: fc.subarray<SignalName>(signalNames, { maxLength: 4 }), isWhole: fc.boolean() })
    .map(({ given, lost, isWhole }) => {
      const failures = isWhole ? [] : lost.map((name) => [name, failed(neutralData[name])]);
      return { ...given, ...Object.fromEntries(failures) };
    });

/**
 * Every product in any state. Its data does not follow from that, as a judge's would, save that there is no time of a reset
 * on browsers, which have none.
 */
const signals = (ip: string, platform: Event['sdk']['platform']): fc.Arbitrary<Partial<Signals>> => {
  const plain = signalNames.filter((name) => name !== 'velocity' && name !== 'ipInfo');
  const base = sampleSignals(ip);
  const { v4 } = base.ipInfo.data;
  return fc
    .record({
      states: fc.array(anyOf(['detected', 'clear', 'unknown'] as const), { minLength: 24, maxLength: 24 }),
      bot: fc.record({
        result: anyOf(['notDetected', 'good', 'bad'] as const),
        info: fc.option(botInfo, { nil: undefined }),
      }),
      confidence: anyOf(['low', 'medium', 'high'] as const),
      antiDetectBrowser: fc.boolean(),
      blocked: fc.record({ emailSpam: fc.boolean(), attackSource: fc.boolean() }),
      bucket: maybe(values.buckets),
      near: fc.option(fc.record({ id: anyOf(values.proximityIds), precisionRadius: anyOf(values.radii) }), { nil: {} }),
      network: fc.record({ asn: maybe(values.asns), datacenter: maybe([true, false]) }),
      timestamp: anyOf(platform === 'js' ? [0] : [0, 1_700_000_000_000]),
    })
    .map(({ states, bot, confidence, antiDetectBrowser, blocked, bucket, near, network, timestamp }) => {
      const state = <T extends object>(name: keyof Signals, signal: T) => ({
        ...signal,
        state: states[signalNames.indexOf(name)] ?? 'unknown',
      });
      const { info, ...result } = bot;
      const { asn, datacenter } = network;
      return {
        ...Object.fromEntries(plain.map((name) => [name, state(name, base[name])])),
        botd: state('botd', { ...base.botd, data: info === undefined ? result : { ...result, info } }),
        vpn: state('vpn', { ...base.vpn, data: { ...base.vpn.data, confidence } }),
        tampering: state('tampering', { ...base.tampering, data: { ...base.tampering.data, antiDetectBrowser } }),
        ipBlocklist: state('ipBlocklist', { ...base.ipBlocklist, data: blocked }),
        rareDevice: state('rareDevice', {
          ...base.rareDevice,
          data: bucket === undefined ? {} : { percentileBucket: bucket },
        }),
        proximity: state('proximity', { ...base.proximity, data: near }),
        factoryReset: state('factoryReset', { ...base.factoryReset, data: { timestamp } }),
        ipInfo: {
          ...base.ipInfo,
          data: {
            [ip.includes(':') ? 'v6' : 'v4']: {
              address: ip,
              geolocation: v4?.geolocation ?? {},
              ...(asn === undefined ? {} : { asn: { asn, name: 'Networks', network: '192.0.2.0/24' } }),
              ...(datacenter === undefined ? {} : { datacenter: { result: datacenter, name: '' } }),
            },
          },
        },
      } as Partial<Signals>;
    });
};

/** An event at one of a few dozen moments, so that many share theirs. */
export const randomEvent = (from = 0): fc.Arbitrary<Event> =>
  fc.tuple(anyOf(values.ips), anyOf(['js', 'android', 'ios'] as const)).chain(([ip, platform]) =>
    fc
      .record({
        time: fc.integer({ min: from, max: from + 30 }),
        bucket: fc.integer({ min: 0, max: BUCKETS - 1 }),
        workspaceId: fc.oneof({ weight: 6, arbitrary: fc.constant(WORKSPACE) }, fc.constant(OTHER_WORKSPACE)),
        environmentId: anyOf(values.environments),
        visitorId: anyOf(values.visitors),
        linkedId: maybe(values.linkedIds),
        url: anyOf(values.urls),
        origin: fc.option(anyOf(values.origins)),
        suspect: maybe([true, false]),
        suspectScore: fc.option(fc.integer({ min: 0, max: 5 })),
        sdk: fc.record({ platform: fc.constant(platform), version: anyOf(values.sdkVersions) }),
        signals: withFailures(signals(ip, platform)),
      })
      .map(({ time, bucket, linkedId, suspect, suspectScore, ...rest }) => {
        const event = sampleEvent({
          ...rest,
          ip,
          time: NOON + time,
          id: makeRequestId(NOON + time, bucket, randomBytes(8)),
          ...(linkedId === undefined ? {} : { linkedId }),
          ...(suspect === undefined ? {} : { suspect }),
          ...(suspectScore === null ? {} : { suspectScore }),
        });
        return suspectScore === null ? { ...event, suspectScore: failed({ result: 0 }) } : event;
      }),
  );

const flags: SearchFlag[] = [
  ...signalNames,
  'antiDetectBrowser',
  'datacenter',
  'emailSpam',
  'attackSource',
  'simulator',
];
const some = <T>(list: readonly T[]) => fc.uniqueArray(anyOf(list), { minLength: 0, maxLength: 2 });

/** Few filters at once: of many, nothing would be left. */
export const randomFilter: fc.Arbitrary<EventFilter> = fc
  .uniqueArray(
    fc.oneof(
      fc.record({ environmentIds: some(values.environments) }),
      fc.record({ visitorId: anyOf(values.visitors) }),
      fc.record({ linkedId: anyOf(values.linkedIds) }),
      fc.record({ network: anyOf(values.networks) }),
      fc.record({ asn: anyOf(values.asns) }),
      fc.record({ url: anyOf(values.urls) }),
      fc.record({ origin: anyOf(values.origins) }),
      fc.record({ bot: some(['notDetected', 'good', 'bad'] as const) }),
      fc.record({ hasBotInfo: fc.boolean() }),
      fc.record({
        botInfo: fc.record(
          {
            category: some(['ai_crawler', 'search_engine_crawler'] as const),
            provider: some(values.providers),
            name: some(values.names),
            identity: some(['verified', 'spoofed'] as const),
            confidence: some(['low', 'high'] as const),
          },
          { requiredKeys: [] },
        ),
      }),
      fc.record({
        flags: fc.dictionary(anyOf(flags), anyOf(['detected', 'clear', 'notDetected'] as const), { maxKeys: 2 }),
      }),
      fc.record({ vpnConfidence: anyOf(['low', 'medium', 'high'] as const) }),
      fc.record({ suspect: fc.boolean() }),
      fc.record({ minSuspectScore: fc.integer({ min: 0, max: 6 }) }),
      fc.record({ rareDeviceBucket: anyOf(values.buckets) }),
      fc.record({ proximityId: anyOf(values.proximityIds) }),
      fc.record({ proximityPrecisionRadius: anyOf(values.radii) }),
      fc.record({ sdkPlatforms: some(['js', 'android', 'ios'] as const) }),
      fc.record({ sdkVersion: anyOf(values.sdkVersions) }),
    ),
    { maxLength: 3, selector: (filter) => Object.keys(filter)[0] },
  )
  .map((parts) => Object.assign({}, ...parts) as EventFilter);
