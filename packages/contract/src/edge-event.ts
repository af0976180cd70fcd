import Type, { type Static } from 'typebox';
import { BotInfo } from './bot-info.ts';
import { ENVIRONMENT_ID_PATTERN, REQUEST_ID_PATTERN, WORKSPACE_ID_PATTERN } from './ids.ts';
import { closed, JsonObjectValue } from './json.ts';
import { signalOf } from './signal.ts';
import { signalDataSchemas } from './signals.ts';

/** The version of the edge event's form. */
export const EDGE_EVENT_VERSION = 1;

/** The canonical record of one request that a server asked about by its headers and addresses alone: there is no browser, and no visitor. */
export const EdgeEvent = closed({
  version: Type.Literal(EDGE_EVENT_VERSION),
  id: Type.String({ pattern: REQUEST_ID_PATTERN }),
  /** By the server's clock, at receipt. */
  time: Type.Integer({ minimum: 0 }),
  workspaceId: Type.String({ pattern: WORKSPACE_ID_PATTERN }),
  environmentId: Type.Union([Type.String({ pattern: ENVIRONMENT_ID_PATTERN }), Type.Null()]),
  url: Type.String(),
  method: Type.String(),
  /** The client's address: IPv4 where both were given. `ipInfo` has each of them, and it is searched by either. */
  ip: Type.String(),
  /** Every header's name, in their order; values only of those that are known to hold no secret, the others are empty. */
  headers: Type.Array(closed({ name: Type.String(), value: Type.String() })),
  linkedId: Type.Optional(Type.String()),
  tag: JsonObjectValue,
  botInfo: Type.Optional(BotInfo),
  signals: closed({
    ipInfo: signalOf(signalDataSchemas.ipInfo),
    vpn: signalOf(signalDataSchemas.vpn),
    proxy: signalOf(signalDataSchemas.proxy),
  }),
});
export type EdgeEvent = Static<typeof EdgeEvent>;
