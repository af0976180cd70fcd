import { type BotInfo, type Event, proximityRadii, type Sdk, type Signals, signalNames } from '@whorl/contract';
import { failed, neutralData } from '@whorl/engine';
import { makeRequestId } from '../packages/server/src/storage/request-id.ts';
import type { EventRecord } from '../packages/server/src/storage/store.ts';
import { sampleEvent, sampleSignals } from '../packages/server/src/storage/testing/sample-event.ts';

/** Numbers from 0 up to 1 that follow from the seed alone (SplitMix32, public domain). */
type Draw = () => number;

const drawFrom = (seed: number): Draw => {
  let state = Math.imul(seed, 0x9e3779b9);
  return () => {
    state = (state + 0x9e3779b9) | 0;
    const first = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    const second = Math.imul(first ^ (first >>> 15), 0x735a2d97);
    return ((second ^ (second >>> 15)) >>> 0) / 2 ** 32;
  };
};

const one = <T>(draw: Draw, list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;

/** One of `count` numbers, the small ones more often: some visitors come often, most seldom. */
const skewed = (draw: Draw, count: number): number => Math.floor(draw() ** 2 * count);

const STATES = ['detected', 'clear', 'clear', 'unknown'] as const;
const LEVELS = ['low', 'medium', 'high'] as const;
const BUCKETS = ['<p95', 'p95-p99', 'p99-p99.5', 'p99.5-p99.9', 'p99.9+', 'not_seen'] as const;
const PLATFORMS = ['js', 'js', 'js', 'js', 'android', 'ios'] as const;
const VERSIONS = ['3.11.14', '3.12.0', '4.0.0-beta.1', '4.1.5'];
const ORIGINS = ['https://shop.example', 'https://shop.example:8443', 'https://other.example', null];
const PATHS = ['', 'cart', 'cart?step=2', 'cart?step=2#pay', 'login?next=%2Fcart', 'účet', 'search?q=a&q=b'];
const COUNTRIES = ['CZ', 'DE', 'US', null];

/** Networks, their systems, and what is known of them; some lie within others. */
const NETWORKS = [
  { prefix: '203.0.113.', hosts: 60, asn: '7922', datacenter: false },
  { prefix: '203.0.112.', hosts: 40, asn: '7922', datacenter: undefined },
  { prefix: '198.51.100.', hosts: 80, asn: '13335', datacenter: true },
  { prefix: '192.0.2.', hosts: 20, asn: undefined, datacenter: undefined },
  { prefix: '2001:db8:0:1::', hosts: 50, asn: '64500', datacenter: false },
  { prefix: '2001:db8:0:2::', hosts: 50, asn: '64500', datacenter: true },
  { prefix: '2001:db8:ff::', hosts: 10, asn: '13335', datacenter: undefined },
] as const;

const BOTS: readonly BotInfo[] = [
  { category: 'ai_crawler', provider: 'OpenAI', name: 'GPTBot', identity: 'verified', confidence: 'high' },
  { category: 'ai_assistant', provider: 'OpenAI', name: 'ChatGPT-User', identity: 'spoofed', confidence: 'medium' },
  {
    category: 'search_engine_crawler',
    provider: 'Google',
    name: 'Googlebot',
    identity: 'verified',
    confidence: 'high',
  },
  {
    category: 'monitoring_and_analytics',
    provider: 'A & B, "Ltd."',
    name: 'Watch+Bot',
    identity: 'unknown',
    confidence: 'low',
  },
];

const botOf = (draw: Draw): Signals['botd']['data'] => {
  const result = one(draw, ['good', 'bad', 'notDetected', 'notDetected', 'notDetected'] as const);
  if (result === 'notDetected') return { result };
  return { result, type: 'headlessChrome', ...(draw() < 0.6 ? { info: one(draw, BOTS) } : {}) };
};

type Network = (typeof NETWORKS)[number];

const ipInfoOf = (address: string, { prefix, asn, datacenter }: Network): Signals['ipInfo']['data'] => {
  const isV6 = prefix.includes(':');
  const network = isV6 ? `${prefix}/64` : `${prefix}0/24`;
  const info = {
    address,
    geolocation: {},
    ...(asn === undefined ? {} : { asn: { asn, name: 'Sample Networks', network } }),
    ...(datacenter === undefined ? {} : { datacenter: { result: datacenter, name: datacenter ? 'Sample Cloud' : '' } }),
  };
  return isV6 ? { v6: info } : { v4: info };
};

/** Few products fail to be judged. */
const FAILING = 0.01;

const failuresOf = (draw: Draw): Partial<Signals> =>
  Object.fromEntries(signalNames.filter(() => draw() < FAILING).map((name) => [name, failed(neutralData[name])]));

/** Every product in any of its three states, or failed, with findings only where it was judged, as judges give them. */
const signalsOf = (draw: Draw, address: string, network: Network, platform: Sdk['platform']): Signals => {
  const base = sampleSignals(address);
  const stated = Object.fromEntries(
    signalNames.map((name) => [name, { ...base[name], state: one(draw, STATES) }]),
  ) as Signals;
  const { botd, tampering, vpn, ipBlocklist, rareDevice, proximity, factoryReset, velocity } = stated;
  const isFound = (signal: { state: string }) => signal.state === 'detected';
  const isReset = isFound(factoryReset) && platform !== 'js';
  const isJudged = (signal: { state: string }) => signal.state !== 'unknown';
  return {
    ...stated,
    botd: { ...botd, data: isJudged(botd) ? botOf(draw) : { result: 'notDetected' } },
    ipInfo: { ...stated.ipInfo, data: ipInfoOf(address, network) },
    tampering: {
      ...tampering,
      data: { ...tampering.data, antiDetectBrowser: isFound(tampering) && draw() < 0.5, confidence: one(draw, LEVELS) },
    },
    vpn: { ...vpn, data: { ...vpn.data, confidence: one(draw, LEVELS) } },
    ipBlocklist: { ...ipBlocklist, data: { emailSpam: isFound(ipBlocklist), attackSource: false } },
    rareDevice: { ...rareDevice, data: isJudged(rareDevice) ? { percentileBucket: one(draw, BUCKETS) } : {} },
    proximity: {
      ...proximity,
      data: isFound(proximity)
        ? { id: `zone-${skewed(draw, 40)}`, precisionRadius: one(draw, proximityRadii), confidence: 0.8 }
        : {},
    },
    // Browsers cannot be reset.
    factoryReset: {
      ...factoryReset,
      state: isReset ? 'detected' : 'unknown',
      data: { timestamp: isReset ? 1_700_000_000_000 : 0 },
    },
    velocity: { ...velocity, data: base.velocity.data },
    ...failuresOf(draw),
  };
};

/** Whose events they are. The ids stand for where they live. */
export type EventOwner = { workspaceId: string; environmentIds: readonly string[] };

/** Which event of many: `serial` makes its id its own; events that are `like` the same number differ in id and time alone. */
export type Numbered = { serial: number; like: number; time: number };

/** An event that follows from its numbers alone, from few enough values that many events share each. */
export const numberedEvent = ({ serial, like, time }: Numbered, { workspaceId, environmentIds }: EventOwner): Event => {
  const draw = drawFrom(2 * like);
  const drawTail = drawFrom(2 * serial + 1);
  const network = one(draw, NETWORKS);
  const platform = one(draw, PLATFORMS);
  // Alike: the later events of its address must make room for one that arrives among them.
  const ip = network.prefix + (1 + Math.floor(draw() * network.hosts));
  const random = Buffer.from(Array.from({ length: 6 }, () => Math.floor(drawTail() * 256)));
  const event = sampleEvent({
    id: makeRequestId(time, serial % 32, random),
    time,
    workspaceId,
    environmentId: one(draw, environmentIds),
    visitorId: `visitor${String(skewed(draw, 3_000)).padStart(13, '0')}`,
    ip,
    ...(draw() < 0.4 ? {} : { linkedId: `zákazník ${skewed(draw, 500)} & co` }),
    url: `https://shop.example/${one(draw, PATHS)}`,
    origin: one(draw, ORIGINS),
    ...(draw() < 0.3 ? { suspect: draw() < 0.5 } : {}),
    suspectScore: skewed(draw, 40),
    sdk: { platform, version: one(draw, VERSIONS) },
    signals: signalsOf(draw, ip, network, platform),
  });
  return draw() < FAILING ? { ...event, suspectScore: failed({ result: 0 }) } : event;
};

/** The record of an event, teaching the store nothing about its visitor. */
export const plainRecord = (event: Event): EventRecord => ({
  event,
  country: COUNTRIES[event.time % COUNTRIES.length] ?? null,
  scope: event.workspaceId,
  nonce: null,
  bodyHash: event.id,
  nonceExpires: event.time,
  sightingKey: null,
  lesson: null,
  newcomer: null,
  webhookIds: [],
});
