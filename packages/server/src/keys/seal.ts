import { createHmac, timingSafeEqual } from 'node:crypto';

/** Bytes of a truncated HMAC-SHA-256: 128 bits, out of reach of guessing and short enough for a cookie. */
const TAG_BYTES = 16;

const tagOf = (secret: Buffer, purpose: string, text: string): Buffer =>
  createHmac('sha256', secret).update(purpose).update('\0').update(text).digest().subarray(0, TAG_BYTES);

/** `text.tag`, where the tag proves that this server wrote `text` for this purpose. `text` itself stays readable. */
export const seal = (secret: Buffer, purpose: string, text: string): string =>
  `${text}.${tagOf(secret, purpose, text).toString('base64url')}`;

/** The text of a sealed string, or undefined when it was not sealed by this server for this purpose. */
export const unseal = (secret: Buffer, purpose: string, sealed: string): string | undefined => {
  const dot = sealed.lastIndexOf('.');
  if (dot < 1) return undefined;
  const text = sealed.slice(0, dot);
  const written = sealed.slice(dot + 1);
  const given = Buffer.from(written, 'base64url');
  const expected = tagOf(secret, purpose, text);
  // Base64 has several spellings of the same bytes; with more than one a nonce could be used more than once.
  if (given.toString('base64url') !== written) return undefined;
  return given.length === expected.length && timingSafeEqual(given, expected) ? text : undefined;
};
