import { base64url } from './base64url.ts';
import { hmacSha256 } from './hmac-sha256.ts';
import { utf8 } from './utf8.ts';

/** The header that a signature goes in. */
export const SIGNATURE_HEADER = 'whorl-signature';

/**
 * The signature of a body, as the server checks it: HMAC-SHA-256 over the form's name, the public key and the body, a line
 * feed between them, under the text of the signing key. See docs/mobile.md.
 */
export const signBody = (signingKey: string, publicKey: string, body: string): string =>
  `1.${base64url(hmacSha256(utf8(signingKey), utf8(`whorl-app-signature-1\n${publicKey}\n${body}`)))}`;
