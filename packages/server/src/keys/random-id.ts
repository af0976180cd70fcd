import { randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Largest multiple of the alphabet's length that a byte can hold: bytes above it would favour the first letters. */
const FAIR = 256 - (256 % ALPHABET.length);

/** Random text of `[A-Za-z0-9]`, about 5.95 bits a character. */
export const randomText = (length: number): string => {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length - text.length + 8)) {
      if (byte < FAIR && text.length < length) text += ALPHABET[byte % ALPHABET.length];
    }
  }
  return text;
};

/** A new visitor id: 20 characters. */
export const newVisitorId = (): string => randomText(20);

/** A new workspace id: `ws_` and 16 hexadecimal digits. */
export const newWorkspaceId = (): string => `ws_${randomBytes(8).toString('hex')}`;

/** A new environment id: `ae_` and 16 hexadecimal digits. */
export const newEnvironmentId = (): string => `ae_${randomBytes(8).toString('hex')}`;

/** A new id of a key, for naming it in commands: `key_` and 12 characters. */
export const newKeyId = (): string => `key_${randomText(12)}`;
