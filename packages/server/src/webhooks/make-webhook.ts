import { randomBytes } from 'node:crypto';
import type { Webhook, WebhookSecret } from '@whorl/contract';
import { randomText } from '../keys/random-id.ts';

/** Secrets of one webhook at a time: the one in use, and the next. More only make every delivery's header longer. */
export const MOST_SECRETS = 5;

/** Webhooks of one workspace. */
export const MOST_WEBHOOKS = 100;

/** A new secret: base64 of 32 random bytes, or a text that the receiver knows already. It signs as its text. */
export const makeSecret = (now: number, value = randomBytes(32).toString('base64')): WebhookSecret => ({
  id: `whs_${randomText(12)}`,
  value,
  createdAt: now,
});

/** What is chosen of a new webhook. */
export type WebhookChoice = Pick<Webhook, 'workspaceId' | 'environmentIds' | 'url' | 'version' | 'enabled'>;

/** A new webhook with its first secret. `secret`: its value, where the receiver knows one already. */
export const makeWebhook = (choice: WebhookChoice, now: number, secret?: string): Webhook => ({
  ...choice,
  id: `wh_${randomText(16)}`,
  secrets: [makeSecret(now, secret)],
  createdAt: now,
});

type Secrets = readonly WebhookSecret[];

/** The secrets with a new one before them, or why it cannot be added. */
export const addSecret = (secrets: Secrets, secret: WebhookSecret): WebhookSecret[] | 'too-many' | 'known' => {
  if (secrets.some(({ value }) => value === secret.value)) return 'known';
  return secrets.length >= MOST_SECRETS ? 'too-many' : [secret, ...secrets];
};

/** The secrets without the one of this id, or why it cannot be taken away. */
export const removeSecret = (secrets: Secrets, secretId: string): WebhookSecret[] | 'unknown' | 'last' => {
  const left = secrets.filter(({ id }) => id !== secretId);
  if (left.length === secrets.length) return 'unknown';
  return left.length === 0 ? 'last' : left;
};
