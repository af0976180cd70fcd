/** Where events of a workspace are posted to, signed. */
export type Webhook = {
  /** `wh_` and 16 letters or digits. */
  id: string;
  workspaceId: string;
  /** Environments whose events are sent; null: of every environment. */
  environmentIds: string[] | null;
  url: string;
  /** Form of the body. */
  version: 'v3' | 'v4';
  enabled: boolean;
  /** Each signs; one, or several while a receiver moves from one to the next. Newest first, at least one. */
  secrets: WebhookSecret[];
  createdAt: number;
};

/** `id` names the secret in lists; `value` is base64 of 32 random bytes and signs as its text. */
export type WebhookSecret = { id: string; value: string; createdAt: number };

/** One try to deliver. `status` is the receiver's, or null where none came; `error` says why then. `duration` in milliseconds. */
export type DeliveryAttempt = { time: number; status: number | null; error: string | null; duration: number };

/** One event on its way to one webhook. */
export type Delivery = {
  /** `wd_` and 16 letters or digits. */
  id: string;
  webhookId: string;
  workspaceId: string;
  /** The event's id, which is the receiver's idempotency key. */
  requestId: string;
  visitorId: string;
  /** `pending` waits for its next try; `failed` was given up after a day, or was refused for good. */
  state: 'pending' | 'delivered' | 'failed';
  createdAt: number;
  /** When it is due; null when it is not pending. */
  nextAttemptAt: number | null;
  attempts: DeliveryAttempt[];
};
