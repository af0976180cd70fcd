import Type, { type Static } from 'typebox';
import { botCategories } from '../bot-info.ts';
import { REQUEST_ID_PATTERN } from '../ids.ts';
import { closed, JsonObjectValue, oneOf } from '../json.ts';
import { ConfidenceLevel } from '../signals.ts';
import { V4IpInfo, V4VpnMethods, v4ProxyFields } from './network.ts';

/** `POST /v4/edge`: what a server tells of a request that it received, and what it is told back. */

/** What a request body may hold at most. The body as a whole is bounded as every body is. */
export const EDGE_LIMITS = {
  headers: 512,
  headerNameLength: 256,
  methodLength: 64,
  urlLength: 16_384,
  linkedIdLength: 256,
  /** As JSON. */
  tagBytes: 16 * 1024,
} as const;

const optional = Type.Optional;

/** RFC 9110, 5.6.2: what names of header fields and methods are made of. */
const token = (maxLength: number) => Type.String({ pattern: "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$", minLength: 1, maxLength });

export const EdgeRequest = closed({
  headers: Type.Array(closed({ name: token(EDGE_LIMITS.headerNameLength), value: Type.String() }), {
    minItems: 1,
    maxItems: EDGE_LIMITS.headers,
  }),
  method: token(EDGE_LIMITS.methodLength),
  url: Type.String({ minLength: 1, maxLength: EDGE_LIMITS.urlLength }),
  ipv4_address: optional(Type.String()),
  ipv6_address: optional(Type.String()),
  linked_id: optional(Type.String({ maxLength: EDGE_LIMITS.linkedIdLength })),
  tags: optional(JsonObjectValue),
});
export type EdgeRequest = Static<typeof EdgeRequest>;

export const V4BotInfo = closed({
  category: oneOf(...botCategories),
  provider: Type.String(),
  provider_url: optional(Type.String()),
  name: Type.String(),
  identity: oneOf('verified', 'signed', 'spoofed', 'unknown'),
  confidence: ConfidenceLevel,
});
export type V4BotInfo = Static<typeof V4BotInfo>;

/** The answer, and the event as `GET /v4/events/{event_id}` and searches with `source=edge` show it. */
export const V4EdgeEvent = closed({
  event_id: Type.String({ pattern: REQUEST_ID_PATTERN }),
  /** Unix milliseconds. */
  timestamp: Type.Integer({ minimum: 0 }),
  source: Type.Literal('edge'),
  linked_id: optional(Type.String()),
  tags: optional(JsonObjectValue),
  url: Type.String(),
  bot_info: optional(V4BotInfo),
  ip_info: V4IpInfo,
  ...v4ProxyFields,
  vpn: optional(Type.Boolean()),
  vpn_confidence: optional(ConfidenceLevel),
  vpn_methods: optional(V4VpnMethods),
});
export type V4EdgeEvent = Static<typeof V4EdgeEvent>;
