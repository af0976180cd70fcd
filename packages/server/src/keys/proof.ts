import { seal, unseal } from './seal.ts';

/** How long after an event its page may supplement it, in milliseconds. */
export const SUPPLEMENT_WINDOW = 60_000;

/**
 * Proof that its bearer was given the answer of this event, through this public key: the HMAC alone, for the id is sent
 * beside it. Bound to the key, so that the demo page opens only what came through its own.
 */
export const makeProof = (secret: Buffer, publicKey: string, requestId: string): string =>
  seal(secret, `proof ${publicKey}`, requestId).slice(requestId.length + 1);

/** Whether the proof belongs to this event and public key. */
export const checkProof = (secret: Buffer, publicKey: string, requestId: string, proof: string): boolean =>
  unseal(secret, `proof ${publicKey}`, `${requestId}.${proof}`) === requestId;
