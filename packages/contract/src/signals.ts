import Type, { type Static } from 'typebox';
import { BotInfo } from './bot-info.ts';
import { closed, oneOf } from './json.ts';
import type { Signal } from './signal.ts';
import { signalOf } from './signal.ts';

/** A verdict with nothing beside it. */
const NoData = closed({});
export type NoData = Static<typeof NoData>;

const named = closed({ name: Type.String() });
const coded = closed({ code: Type.String({ minLength: 2, maxLength: 2 }), name: Type.String() });
const optional = Type.Optional;

/** Where an address is, as far as the data says. Absent means not known; nothing is ever made up. */
export const Geolocation = closed({
  /** Kilometres. */
  accuracyRadius: optional(Type.Integer({ minimum: 0 })),
  latitude: optional(Type.Number({ minimum: -90, maximum: 90 })),
  longitude: optional(Type.Number({ minimum: -180, maximum: 180 })),
  postalCode: optional(Type.String()),
  /** IANA name. */
  timezone: optional(Type.String()),
  city: optional(named),
  /** ISO 3166-1 alpha-2. */
  country: optional(coded),
  continent: optional(coded),
  subdivisions: optional(Type.Array(closed({ isoCode: Type.String(), name: Type.String() }))),
});
export type Geolocation = Static<typeof Geolocation>;

/** What is known of one address. */
export const AddressInfo = closed({
  address: Type.String(),
  geolocation: Geolocation,
  /** `network` is a CIDR that holds the address; `asn` has no `AS` before it. */
  asn: optional(
    closed({ asn: Type.String(), name: Type.String(), network: Type.String(), type: optional(Type.String()) }),
  ),
  datacenter: optional(closed({ result: Type.Boolean(), name: Type.String() })),
});
export type AddressInfo = Static<typeof AddressInfo>;

/** Counts over the 5 minutes, hour and day that end with the event, inclusive; `24h` is left out beyond 20,000 events. */
export const VelocityIntervals = closed({
  '5m': Type.Integer(),
  '1h': Type.Integer(),
  '24h': optional(Type.Integer()),
});
export type VelocityIntervals = Static<typeof VelocityIntervals>;

/** Null where there is nothing to count by: no linked id, or no known country. */
const countsOrNull = Type.Union([VelocityIntervals, Type.Null()]);

export const ConfidenceLevel = oneOf('low', 'medium', 'high');
export type ConfidenceLevel = Static<typeof ConfidenceLevel>;

const share = Type.Number({ minimum: 0, maximum: 1 });

/** The data of every product by name, in the order of the registry. */
export const signalDataSchemas = {
  botd: closed({
    result: oneOf('notDetected', 'good', 'bad'),
    type: optional(Type.String()),
    /** Which bot it is, where that can be said. */
    info: optional(BotInfo),
  }),
  ipInfo: closed({ v4: optional(AddressInfo), v6: optional(AddressInfo) }),
  incognito: NoData,
  developerTools: NoData,
  privacySettings: NoData,
  virtualMachine: NoData,
  tampering: closed({
    anomalyScore: share,
    mlScore: share,
    antiDetectBrowser: Type.Boolean(),
    confidence: ConfidenceLevel,
  }),
  vpn: closed({
    confidence: ConfidenceLevel,
    originTimezone: Type.String(),
    originCountry: Type.String(),
    methods: closed({
      timezoneMismatch: Type.Boolean(),
      publicVPN: Type.Boolean(),
      auxiliaryMobile: Type.Boolean(),
      osMismatch: Type.Boolean(),
      relay: Type.Boolean(),
    }),
  }),
  proxy: closed({
    confidence: ConfidenceLevel,
    details: optional(
      closed({ proxyType: oneOf('residential', 'data_center', 'unknown'), lastSeenAt: optional(Type.String()) }),
    ),
  }),
  tor: NoData,
  ipBlocklist: closed({ emailSpam: Type.Boolean(), attackSource: Type.Boolean() }),
  velocity: closed({
    distinctIp: countsOrNull,
    distinctLinkedId: countsOrNull,
    distinctCountry: countsOrNull,
    events: countsOrNull,
    ipEvents: countsOrNull,
    distinctIpByLinkedId: countsOrNull,
    distinctVisitorIdByLinkedId: countsOrNull,
  }),
  highActivity: closed({ dailyRequests: optional(Type.Integer({ minimum: 1 })) }),
  replayed: NoData,
  rareDevice: closed({
    percentileBucket: optional(oneOf('<p95', 'p95-p99', 'p99-p99.5', 'p99.5-p99.9', 'p99.9+', 'not_seen')),
  }),
  rootApps: NoData,
  emulator: NoData,
  clonedApp: NoData,
  /** Unix milliseconds, 0 when never or not known. */
  factoryReset: closed({ timestamp: Type.Integer({ minimum: 0, maximum: 8.64e15 }) }),
  jailbroken: NoData,
  frida: NoData,
  locationSpoofing: NoData,
  mitmAttack: NoData,
  proximity: closed({
    id: optional(Type.String()),
    /** Metres. */
    precisionRadius: optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
    confidence: optional(share),
  }),
} as const;

/** The name of a product that is judged. */
export type SignalName = keyof typeof signalDataSchemas;

/** The data of each product. */
export type SignalData = { [N in SignalName]: Static<(typeof signalDataSchemas)[N]> };

/** Every product of an event. */
export type Signals = { [N in SignalName]: Signal<SignalData[N]> };

/** All names of judged products in the order of the registry. */
export const signalNames = Object.keys(signalDataSchemas) as SignalName[];

/** Schema of {@link Signals}. */
export const SignalsSchema = Type.Unsafe<Signals>(
  closed(Object.fromEntries(signalNames.map((name) => [name, signalOf(signalDataSchemas[name])]))),
);

export type IpInfo = SignalData['ipInfo'];
export type Velocity = SignalData['velocity'];
