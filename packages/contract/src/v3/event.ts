import Type, { type Static } from 'typebox';
import { BrowserDetails } from '../event.ts';
import { closed, JsonObjectValue, oneOf } from '../json.ts';
import { Sdk } from '../observation.ts';
import { ConfidenceLevel, Geolocation, signalDataSchemas, VelocityIntervals } from '../signals.ts';
import { V3Error } from './errors.ts';

/** The v3 event: the answer of `GET /events/{request_id}`, written down from what its readers rely on. */

const optional = Type.Optional;
const dateTime = Type.String({ format: 'date-time' });
const verdict = closed({ result: Type.Boolean() });

/** A product stands with its data, or with an error of its own beside the healthy others. */
export const productOf = <D extends Type.TSchema>(data: D) =>
  closed({ data: optional(data), error: optional(V3Error.properties.error) });

export const RawAttribute = closed({
  value: optional(Type.Unknown()),
  error: optional(closed({ name: optional(Type.String()), message: optional(Type.String()) })),
});

const seenAt = closed({
  global: Type.Union([dateTime, Type.Null()]),
  subscription: Type.Union([dateTime, Type.Null()]),
});

/** Precisions of a proximity id: the radius of its zone in metres. */
export const proximityRadii = [10, 25, 65, 175, 450, 1200, 3300, 8500, 22500] as const;

export const V3Identification = closed({
  visitorId: Type.String(),
  requestId: Type.String(),
  browserDetails: BrowserDetails,
  incognito: Type.Boolean(),
  ip: Type.String(),
  ipLocation: optional(Geolocation),
  linkedId: optional(Type.String()),
  suspect: optional(Type.Boolean()),
  timestamp: Type.Integer(),
  time: dateTime,
  url: Type.String(),
  tag: JsonObjectValue,
  confidence: optional(
    closed({
      score: Type.Number({ minimum: 0, maximum: 1 }),
      revision: optional(Type.String()),
      comment: optional(Type.String()),
    }),
  ),
  visitorFound: Type.Boolean(),
  firstSeenAt: seenAt,
  lastSeenAt: seenAt,
  replayed: Type.Boolean(),
  sdk: optional(Sdk),
  environmentId: optional(Type.String()),
});
export type V3Identification = Static<typeof V3Identification>;

const intervals = closed({ intervals: optional(VelocityIntervals) });

export const V3Products = closed({
  identification: optional(productOf(V3Identification)),
  botd: optional(
    productOf(
      closed({
        bot: closed({ result: oneOf('notDetected', 'good', 'bad'), type: optional(Type.String()) }),
        meta: optional(JsonObjectValue),
        linkedId: optional(Type.String()),
        url: Type.String(),
        ip: Type.String(),
        time: dateTime,
        userAgent: Type.String(),
        requestId: Type.String(),
      }),
    ),
  ),
  rootApps: optional(productOf(verdict)),
  emulator: optional(productOf(verdict)),
  ipInfo: optional(productOf(signalDataSchemas.ipInfo)),
  ipBlocklist: optional(
    productOf(
      closed({ result: Type.Boolean(), details: closed({ emailSpam: Type.Boolean(), attackSource: Type.Boolean() }) }),
    ),
  ),
  tor: optional(productOf(verdict)),
  vpn: optional(
    productOf(
      closed({
        result: Type.Boolean(),
        confidence: ConfidenceLevel,
        originTimezone: Type.String(),
        originCountry: Type.String(),
        methods: signalDataSchemas.vpn.properties.methods,
      }),
    ),
  ),
  proxy: optional(
    productOf(
      closed({
        result: Type.Boolean(),
        confidence: ConfidenceLevel,
        details: optional(signalDataSchemas.proxy.properties.details),
      }),
    ),
  ),
  incognito: optional(productOf(verdict)),
  tampering: optional(
    productOf(
      closed({
        result: Type.Boolean(),
        confidence: ConfidenceLevel,
        anomalyScore: Type.Number({ minimum: 0, maximum: 1 }),
        mlScore: Type.Number({ minimum: 0, maximum: 1 }),
        antiDetectBrowser: Type.Boolean(),
      }),
    ),
  ),
  clonedApp: optional(productOf(verdict)),
  factoryReset: optional(productOf(closed({ time: dateTime, timestamp: Type.Integer() }))),
  jailbroken: optional(productOf(verdict)),
  frida: optional(productOf(verdict)),
  privacySettings: optional(productOf(verdict)),
  virtualMachine: optional(productOf(verdict)),
  rawDeviceAttributes: optional(productOf(Type.Record(Type.String(), RawAttribute))),
  highActivity: optional(
    productOf(closed({ result: Type.Boolean(), dailyRequests: optional(Type.Integer({ minimum: 1 })) })),
  ),
  locationSpoofing: optional(productOf(verdict)),
  suspectScore: optional(productOf(closed({ result: Type.Integer() }))),
  velocity: optional(
    productOf(
      closed({
        distinctIp: intervals,
        distinctLinkedId: intervals,
        distinctCountry: intervals,
        events: intervals,
        ipEvents: intervals,
        distinctIpByLinkedId: intervals,
        distinctVisitorIdByLinkedId: intervals,
      }),
    ),
  ),
  developerTools: optional(productOf(verdict)),
  mitmAttack: optional(productOf(verdict)),
  rareDevice: optional(
    productOf(
      closed({
        result: optional(Type.Boolean()),
        percentileBucket: signalDataSchemas.rareDevice.properties.percentileBucket,
      }),
    ),
  ),
  proximity: optional(
    productOf(
      closed({
        id: Type.String(),
        precisionRadius: Type.Unsafe<number>({ type: 'integer', enum: [...proximityRadii] }),
        confidence: Type.Number({ minimum: 0, maximum: 1 }),
      }),
    ),
  ),
});
export type V3Products = Static<typeof V3Products>;

export const V3Event = closed({ products: V3Products });
export type V3Event = Static<typeof V3Event>;
