import { createHmac } from 'node:crypto';
import type { WebhookSecret } from '@whorl/contract';

/** The header that carries the signatures; the official libraries' `isValidWebhookSignature` reads it. */
export const SIGNATURE_HEADER = 'fpjs-event-signature';

/**
 * One signature for each secret: `v1=<HMAC-SHA256 of the raw body, hexadecimal>`, with commas and no spaces between. A
 * receiver accepts the body when any of them is by the secret that it knows, so that secrets can be changed without a gap.
 */
export const signBody = (body: Buffer, secrets: readonly WebhookSecret[]): string =>
  secrets.map(({ value }) => `v1=${createHmac('sha256', value).update(body).digest('hex')}`).join(',');
