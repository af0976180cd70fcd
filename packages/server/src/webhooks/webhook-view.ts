import type { Webhook, WebhookAnswer } from '@whorl/contract';

/** A webhook as it may be shown: its secrets are named, their values left out. */
export const webhookView = ({ secrets, ...webhook }: Webhook): WebhookAnswer => ({
  ...webhook,
  secrets: secrets.map(({ id, createdAt }) => ({ id, createdAt })),
});
