import { createHmac, timingSafeEqual } from 'node:crypto';

/** What begins every signed text, so that no other text of the same key's holder can be taken for one. */
const FORM = 'whorl-app-signature-1';

/** `1.` and 32 bytes in base64url. */
const SIGNATURE = /^1\.([A-Za-z0-9_-]{43})$/;

/**
 * The key that apps sign their observations with, which belongs to one public key and is given out beside it. It follows
 * from the server's secret and the public key's id, so that it is kept nowhere and ends with the public key.
 */
export const signingKeyOf = (secret: Buffer, keyId: string): string =>
  createHmac('sha256', secret).update(`signing key ${keyId}`).digest('base64url');

/** Whose signature it would be. */
export type SigningApp = { keyId: string; publicKey: string };

/**
 * What a request's signature comes to: `valid` where the body arrived as somebody wrote it who has the signing key. HMAC-SHA-256
 * over the form's name, the public key and the bytes of the body, each ended by a line feed but the last.
 */
export const checkAppSignature = (
  secret: Buffer,
  { keyId, publicKey }: SigningApp,
  body: Buffer,
  signature: string,
): 'valid' | 'wrong' => {
  const [, written] = SIGNATURE.exec(signature) ?? [];
  if (written === undefined) return 'wrong';
  const expected = createHmac('sha256', signingKeyOf(secret, keyId))
    .update(`${FORM}\n${publicKey}\n`)
    .update(body)
    .digest();
  const given = Buffer.from(written, 'base64url');
  return given.length === expected.length && timingSafeEqual(given, expected) ? 'valid' : 'wrong';
};
