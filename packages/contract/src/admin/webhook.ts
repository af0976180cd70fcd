import Type, { type Static } from 'typebox';
import { closed, oneOf } from '../json.ts';
import type { ApiParameters } from '../openapi/endpoint.ts';
import { Id, UnixMs } from './fields.ts';
import { pagingQuery } from './paging.ts';

const url = Type.String({
  minLength: 1,
  maxLength: 2048,
  description:
    'Where events are posted to: http or https, without user, password and fragment, and no private address. Kept as the URL standard writes it.',
});
const version = oneOf('v3', 'v4');
const environmentIds = Type.Union([Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }), Type.Null()], {
  description: 'Environments whose events are sent; null: all of them.',
});
const enabled = Type.Boolean({ description: 'Off, no new events are taken up, and what is pending waits.' });

/** A secret that the receiver knows already. It signs as its text. */
export const WebhookSecretValue = Type.String({
  minLength: 16,
  maxLength: 256,
  pattern: '^[\\x21-\\x7e]+$',
  description: 'A secret that the receiver knows already. Without it one is made.',
});

/** A secret of a webhook without its value. */
export const WebhookSecretAnswer = closed({
  id: Type.String({ description: '`whs_` and 12 letters or digits.' }),
  createdAt: UnixMs,
});

/** A secret that was added just now. */
export const WebhookSecretCreated = closed({
  id: Type.String(),
  createdAt: UnixMs,
  value: Type.String({ description: 'What signatures are made with, as it stands. Shown this once.' }),
});

const shown = {
  id: Type.String({ description: '`wh_` and 16 letters or digits.' }),
  workspaceId: Type.String(),
  environmentIds,
  url,
  version,
  enabled,
  secrets: Type.Array(WebhookSecretAnswer, { description: 'Each signs every delivery. Newest first.' }),
  createdAt: UnixMs,
};

/** A webhook as the management API shows it. */
export const WebhookAnswer = closed(shown);
export type WebhookAnswer = Static<typeof WebhookAnswer>;

/** A webhook that was created just now, with its first secret. */
export const WebhookCreated = closed({ ...shown, secret: WebhookSecretCreated });

/** Body that creates a webhook. */
export const WebhookCreate = closed({
  url,
  version,
  environmentIds: Type.Optional(environmentIds),
  enabled: Type.Optional(enabled),
  secret: Type.Optional(WebhookSecretValue),
});

/** Body that changes a webhook. What is left out stays. */
export const WebhookUpdate = closed({
  url: Type.Optional(url),
  version: Type.Optional(version),
  environmentIds: Type.Optional(environmentIds),
  enabled: Type.Optional(enabled),
});

/** Body that adds a secret. */
export const WebhookSecretCreate = closed({ value: Type.Optional(WebhookSecretValue) });

/** One try to deliver. */
export const DeliveryAttemptAnswer = closed({
  time: UnixMs,
  status: Type.Union([Type.Integer(), Type.Null()], {
    description: 'What the receiver answered; null where nothing came.',
  }),
  error: Type.Union([Type.String(), Type.Null()], { description: 'Why nothing came.' }),
  duration: Type.Integer({ minimum: 0, description: 'Milliseconds.' }),
});

const state = oneOf('pending', 'delivered', 'failed');

/** One event on its way to one webhook. */
export const DeliveryAnswer = closed({
  id: Type.String({ description: '`wd_` and 16 letters or digits.' }),
  webhookId: Type.String(),
  workspaceId: Type.String(),
  requestId: Type.String({ description: 'The event’s id, which is the receiver’s idempotency key.' }),
  visitorId: Type.String(),
  state,
  createdAt: UnixMs,
  nextAttemptAt: Type.Union([UnixMs, Type.Null()], { description: 'When it is due; null when it is not pending.' }),
  attempts: Type.Array(DeliveryAttemptAnswer),
});
export type DeliveryAnswer = Static<typeof DeliveryAnswer>;

/** Query of the delivery log. */
export const deliveriesQuery = {
  webhookId: { schema: Id, description: 'Deliveries to this webhook only.' },
  state: { schema: state, description: 'Deliveries in this state only.' },
  requestId: { schema: Id, description: 'Deliveries of this event only.' },
  ...pagingQuery,
} as const satisfies ApiParameters;
