import { seal, unseal } from './seal.ts';

/** How long after an event its page may supplement it, in milliseconds. */
export const SUPPLEMENT_WINDOW = 60_000;

/** Proof that its bearer was given the answer of this event: the HMAC alone, for the id is sent beside it. */
export const makeProof = (secret: Buffer, environmentId: string, requestId: string): string =>
  seal(secret, `proof ${environmentId}`, requestId).slice(requestId.length + 1);

/** Whether the proof belongs to this event of this environment. */
export const checkProof = (secret: Buffer, environmentId: string, requestId: string, proof: string): boolean =>
  unseal(secret, `proof ${environmentId}`, `${requestId}.${proof}`) === requestId;
