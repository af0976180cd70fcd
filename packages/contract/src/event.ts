import Type, { type Static } from 'typebox';
import { ENVIRONMENT_ID_PATTERN, REQUEST_ID_PATTERN, VISITOR_ID_PATTERN, WORKSPACE_ID_PATTERN } from './ids.ts';
import { closed, JsonObjectValue, oneOf } from './json.ts';
import { Sdk } from './observation.ts';
import { Evidence, signalOf } from './signal.ts';
import { SignalsSchema } from './signals.ts';

/** The version of the event's form. */
export const EVENT_VERSION = 1;

/** Unix milliseconds, up to the last time that a `Date` can hold (ECMA-262, 21.4.1.1). */
const millis = Type.Integer({ minimum: 0, maximum: 8.64e15 });

/** Largest suspect score: what a database's ordinary integer holds. */
export const MOST_POINTS = 2_147_483_647;

/** Browser and system, from the user agent with client hints above it. Strings are empty where not known. */
export const BrowserDetails = closed({
  browserName: Type.String(),
  browserMajorVersion: Type.String(),
  browserFullVersion: Type.String(),
  os: Type.String(),
  osVersion: Type.String(),
  /** The device's model, or `Other`. */
  device: Type.String(),
  userAgent: Type.String(),
});
export type BrowserDetails = Static<typeof BrowserDetails>;

/** Unix milliseconds: in this workspace, and in any workspace of this server. */
export const SeenAt = closed({ workspace: millis, server: millis });
export type SeenAt = Static<typeof SeenAt>;

/** Why this visitor id was given. */
export const IdentityExplanation = closed({
  /** How the visitor was found: by a token, by a blocking key, or not at all; `imported` where another service decided. */
  method: oneOf('token', 'key', 'new', 'imported'),
  /** The blocking key's name, or the place that the token was in. */
  via: Type.Optional(Type.String()),
  /** All blocking keys that led to the visitor, or to the nearest one where it is new. */
  foundBy: Type.Optional(Type.Array(Type.String())),
  /**
   * In order of weight, in bits: what agreed, differed or was missing. Of a new visitor, beside the nearest one known.
   */
  reasons: Type.Array(Evidence),
  /** How much likelier this answer is than the next, another visitor or a new one, in bits; missing where nothing was weighed. */
  margin: Type.Optional(Type.Number()),
  /** How many known visitors were compared. */
  candidates: Type.Integer({ minimum: 0 }),
  /** Visitors, best first, that were compared and not taken. */
  runnersUp: Type.Optional(Type.Array(closed({ visitorId: Type.String(), score: Type.Number() }))),
});
export type IdentityExplanation = Static<typeof IdentityExplanation>;

/** The identity decision of an event. */
export const Identity = closed({
  visitorId: Type.String({ pattern: VISITOR_ID_PATTERN }),
  /** Whether the visitor was known before this event. */
  found: Type.Boolean(),
  /** 0..1: the chance that this id is right. */
  confidence: Type.Number({ minimum: 0, maximum: 1 }),
  firstSeen: SeenAt,
  /** The visit before this one; null for a new visitor. */
  lastSeen: Type.Union([SeenAt, Type.Null()]),
  /** Why a token that came along was not followed: it was copied from another browser. */
  tokenContradictions: Type.Array(Evidence),
  explanation: IdentityExplanation,
});
export type Identity = Static<typeof Identity>;

/** A change to an event after it was recorded. */
export const EventUpdate = closed({ time: millis, by: oneOf('supplement', 'api'), fields: Type.Array(Type.String()) });
export type EventUpdate = Static<typeof EventUpdate>;

/** One raw attribute: the value, the error, or `absent` where the browser has no such thing. `duration` in milliseconds. */
export const Attribute = Type.Union([
  closed({ value: Type.Unknown(), duration: Type.Number(), noised: Type.Optional(Type.Literal(true)) }),
  closed({ absent: Type.Literal(true), duration: Type.Number() }),
  closed({ error: closed({ name: Type.String(), message: Type.String() }), duration: Type.Number() }),
]);
export type Attribute = Static<typeof Attribute>;

/** The TLS hello that opened the visitor's connection, as its JA4 fingerprint (https://github.com/FoxIO-LLC/ja4). */
export const TlsFacts = closed({
  ja4: Type.String({ pattern: '^[tqd](1[0-3]|s[23]|d[1-3]|00)[di][0-9]{4}[0-9a-zA-Z]{2}_[0-9a-f]{12}_[0-9a-f]{12}$' }),
  /** Read from the connection itself, or told by a trusted proxy. */
  source: oneOf('hello', 'proxy'),
  /** Whether the hello had values that mean nothing (GREASE, RFC 8701); missing where only the fingerprint is known. */
  grease: Type.Optional(Type.Boolean()),
});
export type TlsFacts = Static<typeof TlsFacts>;

/** The canonical record of one visit. v3, v4, webhooks and sealed results are views of it. */
export const Event = closed({
  version: Type.Literal(EVENT_VERSION),
  id: Type.String({ pattern: REQUEST_ID_PATTERN }),
  /** By the server's clock, at receipt. */
  time: millis,
  workspaceId: Type.String({ pattern: WORKSPACE_ID_PATTERN }),
  environmentId: Type.String({ pattern: ENVIRONMENT_ID_PATTERN }),
  url: Type.String(),
  /** The visitor's address as text. */
  ip: Type.String(),
  /** The page's `document.referrer`: empty when the visitor came directly; absent when the client did not say. */
  referrer: Type.Optional(Type.String()),
  /** The `Origin` header. */
  origin: Type.Optional(Type.String()),
  /** The `User-Agent` header. */
  userAgent: Type.String(),
  /** The request headers that judgements looked at, so that they can be judged again. */
  headers: Type.Record(Type.String(), Type.String()),
  /** Missing where neither the server nor a trusted proxy read the TLS hello. */
  tls: Type.Optional(TlsFacts),
  linkedId: Type.Optional(Type.String()),
  tag: JsonObjectValue,
  suspect: Type.Optional(Type.Boolean()),
  sdk: Sdk,
  browser: BrowserDetails,
  identity: Identity,
  signals: SignalsSchema,
  suspectScore: signalOf(closed({ result: Type.Integer({ minimum: 0, maximum: MOST_POINTS }) })),
  attributes: Type.Record(Type.String(), Attribute),
  updates: Type.Array(EventUpdate),
});
export type Event = Static<typeof Event>;
