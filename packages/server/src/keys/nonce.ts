import { randomBytes } from 'node:crypto';
import type { ReplayFacts } from '@whorl/engine';
import { seal, unseal } from './seal.ts';

/**
 * How long after its issue a nonce may be used, in milliseconds. Long enough for a slow phone on a bad network; a page
 * that stayed open longer fetches a fresh one.
 */
export const NONCE_LIFETIME = 10 * 60_000;

/** A one-time nonce `<issued, base 36>-<96 random bits>.<HMAC>`, good for one environment. */
export const makeNonce = (secret: Buffer, environmentId: string, now: number): string =>
  seal(secret, `nonce ${environmentId}`, `${now.toString(36)}-${randomBytes(12).toString('base64url')}`);

/** Whether a nonce is ours and young enough. Its earlier use is for the store to know. */
export const checkNonce = (secret: Buffer, environmentId: string, nonce: string, now: number): ReplayFacts => {
  const text = unseal(secret, `nonce ${environmentId}`, nonce);
  if (text === undefined) return { outcome: 'nonce-forged', nonceAge: null };
  const age = Math.max(0, now - Number.parseInt(text.slice(0, text.indexOf('-')), 36));
  return { outcome: age > NONCE_LIFETIME ? 'nonce-expired' : 'ok', nonceAge: age };
};
