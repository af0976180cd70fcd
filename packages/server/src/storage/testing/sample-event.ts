import { randomBytes } from 'node:crypto';
import type { Event, Evidence, Signal, Signals } from '@whorl/contract';
import { makeRequestId } from '../request-id.ts';
import type { EventRecord } from '../store.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Random letters and digits. */
export const randomText = (length: number): string =>
  [...randomBytes(length)].map((byte) => LETTERS.charAt(byte % LETTERS.length)).join('');

export const WORKSPACE = 'ws_00000000000000a1';
export const OTHER_WORKSPACE = 'ws_00000000000000b2';
export const ENVIRONMENT = 'ae_00000000000000a1';
/** A moment in the middle of a day, so that a day back crosses midnight. */
export const NOON = Date.UTC(2025, 5, 15, 12);

const evidence: Evidence[] = [{ fact: 'webdriver', value: false, weight: 0, from: 'page' }];
export const detected = <T>(data: T): Signal<T> => ({ state: 'detected', confidence: 0.95, data, evidence });
export const clear = <T>(data: T): Signal<T> => ({ state: 'clear', confidence: 0.9, data, evidence });
export const unknown = <T>(data: T): Signal<T> => ({ state: 'unknown', confidence: 0, data, evidence: [] });
const counts = { '5m': 1, '1h': 1, '24h': 1 };

/** Every product of a visit that gave no cause for suspicion, as far as it can be judged. */
export const sampleSignals = (ip: string): Signals => ({
  botd: clear({ result: 'notDetected' }),
  ipInfo: {
    ...clear({}),
    state: 'detected',
    data: {
      v4: {
        address: ip,
        geolocation: { latitude: 50.0755, longitude: 14.4378, timezone: 'Europe/Prague', city: { name: 'Praha' } },
        asn: { asn: '7922', name: 'Sample Networks', network: '203.0.113.0/24' },
        datacenter: { result: false, name: '' },
      },
    },
  },
  incognito: clear({}),
  developerTools: unknown({}),
  privacySettings: clear({}),
  virtualMachine: clear({}),
  tampering: clear({ anomalyScore: 0.1, mlScore: 0, antiDetectBrowser: false, confidence: 'low' }),
  vpn: clear({
    confidence: 'medium',
    originTimezone: 'Europe/Prague',
    originCountry: 'CZ',
    methods: { timezoneMismatch: false, publicVPN: false, auxiliaryMobile: false, osMismatch: false, relay: false },
  }),
  proxy: unknown({ confidence: 'low' }),
  tor: unknown({}),
  ipBlocklist: unknown({ emailSpam: false, attackSource: false }),
  velocity: clear({
    distinctIp: counts,
    distinctLinkedId: null,
    distinctCountry: counts,
    events: counts,
    ipEvents: counts,
    distinctIpByLinkedId: null,
    distinctVisitorIdByLinkedId: null,
  }),
  highActivity: clear({}),
  replayed: clear({}),
  rareDevice: unknown({}),
  rootApps: unknown({}),
  emulator: unknown({}),
  clonedApp: unknown({}),
  factoryReset: unknown({ timestamp: 0 }),
  jailbroken: unknown({}),
  frida: unknown({}),
  locationSpoofing: unknown({}),
  mitmAttack: unknown({}),
  proximity: unknown({}),
});

/** What a test says of an event; the rest is filled in. */
export type EventTraits = {
  time?: number;
  id?: string;
  workspaceId?: string;
  environmentId?: string;
  visitorId?: string;
  /** Whether the visitor was known before; by default it was not. */
  found?: boolean;
  ip?: string;
  linkedId?: string;
  tag?: Event['tag'];
  attributes?: Event['attributes'];
  url?: string;
  /** Null: the request had none. */
  origin?: string | null;
  suspect?: boolean;
  suspectScore?: number;
  sdk?: Event['sdk'];
  signals?: Partial<Signals>;
  runnersUp?: NonNullable<Event['identity']['explanation']['runnersUp']>;
};

/** A whole event of a visitor, by default one never seen before. */
export const sampleEvent = (traits: EventTraits = {}): Event => {
  const { time = NOON, ip = '203.0.113.7', tag = {}, linkedId, attributes = {} } = traits;
  const { origin = 'https://shop.example', suspect, runnersUp, found = false } = traits;
  return {
    version: 1,
    id: traits.id ?? makeRequestId(time, 7, randomBytes(8)),
    time,
    workspaceId: traits.workspaceId ?? WORKSPACE,
    environmentId: traits.environmentId ?? ENVIRONMENT,
    url: traits.url ?? 'https://shop.example/cart?step=2',
    ip,
    ...(origin === null ? {} : { origin }),
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Sample/1.0',
    headers: { 'accept-language': 'cs-CZ,cs;q=0.9' },
    ...(linkedId === undefined ? {} : { linkedId }),
    tag,
    ...(suspect === undefined ? {} : { suspect }),
    sdk: traits.sdk ?? { platform: 'js', version: '1.2.3' },
    browser: {
      browserName: 'Sample',
      browserMajorVersion: '1',
      browserFullVersion: '1.0',
      os: 'Linux',
      osVersion: '',
      device: 'Other',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Sample/1.0',
    },
    identity: {
      visitorId: traits.visitorId ?? randomText(20),
      found,
      confidence: 0.98,
      firstSeen: { workspace: time, server: time },
      lastSeen: null,
      tokenContradictions: [],
      explanation: {
        method: found ? 'key' : 'new',
        reasons: evidence,
        candidates: 0,
        ...(runnersUp === undefined ? {} : { runnersUp }),
      },
    },
    signals: { ...sampleSignals(ip), ...traits.signals },
    suspectScore: clear({ result: traits.suspectScore ?? 6 }),
    attributes,
    updates: [],
  };
};

/** A record of an event, by default with a nonce, body and sighting of its own, and teaching nothing. */
export const sampleRecord = (traits: EventTraits = {}, rest: Partial<Omit<EventRecord, 'event'>> = {}): EventRecord => {
  const event = sampleEvent(traits);
  return {
    event,
    country: 'CZ',
    scope: event.workspaceId,
    nonce: randomText(32),
    bodyHash: randomText(32),
    nonceExpires: event.time + 20 * 60_000,
    sightingKey: randomText(16),
    lesson: null,
    newcomer: null,
    webhookIds: [],
    ...rest,
  };
};
