import { type AddressInfo, type EdgeEvent, type Event, type Sdk, type Signals, signalNames } from '@whorl/contract';
import { failed, neutralData } from '@whorl/engine';
import { sampleEdgeEvent } from '../packages/server/src/storage/testing/sample-edge-event.ts';
import { clear, detected, sampleEvent } from '../packages/server/src/storage/testing/sample-event.ts';
import { richAttributes } from './rich-attributes.ts';

/** Whose events they are, and when the last of them was. */
export type RichOwner = { workspaceId: string; environmentId: string; time: number };

/** The visitor of all of them. */
export const RICH_VISITOR = 'richvisitor000000000';

const HOUR = 3_600_000;

/** An address with everything that can be known of one. */
const known = (address: string, network: string): AddressInfo => ({
  address,
  geolocation: {
    accuracyRadius: 20,
    latitude: 50.0755,
    longitude: 14.4378,
    postalCode: '110 00',
    timezone: 'Europe/Prague',
    city: { name: 'Praha' },
    country: { code: 'CZ', name: 'Czechia' },
    continent: { code: 'EU', name: 'Europe' },
    subdivisions: [{ isoCode: '10', name: 'Praha, Hlavní město' }],
  },
  asn: { asn: '7922', name: 'Sample Networks', network, type: 'hosting' },
  datacenter: { result: true, name: 'Sample Cloud' },
});

const ipInfo = detected({
  v4: known('203.0.113.7', '203.0.113.0/24'),
  v6: known('2001:db8::7', '2001:db8::/32'),
});
const vpn = detected<Signals['vpn']['data']>({
  confidence: 'high',
  originTimezone: 'Europe/Prague',
  originCountry: 'CZ',
  methods: { timezoneMismatch: true, publicVPN: true, auxiliaryMobile: true, osMismatch: true, relay: true },
});
const proxy = detected<Signals['proxy']['data']>({
  confidence: 'high',
  details: { proxyType: 'residential', lastSeenAt: '2025-06-14T09:30:00Z' },
});
const botInfo = {
  category: 'ai_crawler',
  provider: 'OpenAI',
  providerUrl: 'https://openai.com',
  name: 'GPTBot',
  identity: 'verified',
  confidence: 'high',
} as const;
const counts = { '5m': 1, '1h': 2, '24h': 3 };

/** Every product found, with all that it can say. */
const found: Signals = {
  botd: detected({ result: 'good', type: 'gptbot', info: botInfo }),
  ipInfo,
  incognito: detected({}),
  developerTools: detected({}),
  privacySettings: detected({}),
  virtualMachine: detected({}),
  tampering: detected({ anomalyScore: 0.9, mlScore: 0, antiDetectBrowser: true, confidence: 'high' }),
  vpn,
  proxy,
  tor: detected({}),
  ipBlocklist: detected({ emailSpam: true, attackSource: true }),
  velocity: clear({
    distinctIp: counts,
    distinctLinkedId: counts,
    distinctCountry: counts,
    events: counts,
    ipEvents: counts,
    distinctIpByLinkedId: counts,
    distinctVisitorIdByLinkedId: counts,
  }),
  highActivity: detected({ dailyRequests: 5_000 }),
  replayed: detected({}),
  rareDevice: detected({ percentileBucket: 'p99.9+' }),
  rootApps: detected({}),
  emulator: detected({}),
  clonedApp: detected({}),
  factoryReset: detected({ timestamp: 1_700_000_000_000 }),
  jailbroken: detected({}),
  frida: detected({}),
  locationSpoofing: detected({}),
  mitmAttack: detected({}),
  proximity: detected({ id: 'zone-1', precisionRadius: 10, confidence: 0.8 }),
};

const nothingJudged = Object.fromEntries(signalNames.map((name) => [name, failed(neutralData[name])])) as Signals;

const sdkOf = (platform: Sdk['platform']): Sdk => ({
  platform,
  version: '2.1.0',
  integrations: [{ name: 'react', version: '3.2.0', subintegration: { name: 'next', version: '14.1.0' } }],
});

/**
 * One event for each way in which an event can be rich: with everything that a platform can show, with every product failed,
 * and `bare`, of a visitor who is new and of whom little is known. Each is a minute older than the next.
 */
export const richEvents = ({ time, ...owner }: RichOwner) => {
  const minutesAgo = (minutes: number) => time - minutes * 60_000;
  const whole = (platform: Sdk['platform'], minutes: number): Event => {
    const at = minutesAgo(minutes);
    const traits = { ...owner, time: at, visitorId: RICH_VISITOR, linkedId: 'order 7', suspect: true, found: true };
    const event = sampleEvent({ ...traits, sdk: sdkOf(platform), signals: found, attributes: richAttributes });
    const [firstSeen, lastSeen] = [at - 2 * HOUR, at - HOUR].map((seen) => ({ workspace: seen, server: seen }));
    return {
      ...event,
      referrer: 'https://search.example/',
      tag: { cart: ['a', 1, null] },
      browser: { ...event.browser, osVersion: '24.04' },
      identity: { ...event.identity, firstSeen: firstSeen ?? event.identity.firstSeen, lastSeen: lastSeen ?? null },
    };
  };
  const unjudged: Event = { ...whole('js', 1), signals: nothingJudged, suspectScore: failed({ result: 0 }) };
  return {
    bare: sampleEvent({ ...owner, time: minutesAgo(4), visitorId: RICH_VISITOR }),
    ios: whole('ios', 3),
    android: whole('android', 2),
    failed: unjudged,
    browser: whole('js', 0),
  } satisfies Record<string, Event>;
};

/** The same of requests that were judged at the edge. */
export const richEdgeEvents = ({ time, ...owner }: RichOwner) =>
  ({
    whole: sampleEdgeEvent({
      ...owner,
      time,
      linkedId: 'order 7',
      tag: { cart: ['a', 1, null] },
      botInfo,
      signals: { ipInfo, vpn, proxy },
    }),
    bare: sampleEdgeEvent({ ...owner, time }),
  }) satisfies Record<string, EdgeEvent>;
