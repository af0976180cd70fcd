import { createHmac, randomBytes } from 'node:crypto';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Largest multiple of the alphabet's length that a byte can hold: bytes above it would favour the first letters. */
const FAIR = 256 - (256 % ALPHABET.length);

/** A letter for each byte; for a few bytes none, so that each letter is as likely as the others. */
const lettersOf = (bytes: Uint8Array): string =>
  [...bytes.filter((byte) => byte < FAIR)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** Text of so many letters, out of as many draws as it takes. */
const textOf = (length: number, draw: (round: number) => Uint8Array): string => {
  let text = '';
  for (let round = 0; text.length < length; round++) text += lettersOf(draw(round));
  return text.slice(0, length);
};

/** Random text of `[A-Za-z0-9]`, about 5.95 bits a character. */
export const randomText = (length: number): string => textOf(length, () => randomBytes(length + 8));

/** Text like a random one, which the same secret and subject always give, and nobody guesses without the secret. */
export const derivedText = (length: number, secret: Buffer, subject: string): string =>
  textOf(length, (round) => createHmac('sha256', secret).update(`${subject} ${round}`).digest());

/** A new visitor id: 20 characters. */
export const newVisitorId = (): string => randomText(20);

/** A new workspace id: `ws_` and 16 hexadecimal digits. */
export const newWorkspaceId = (): string => `ws_${randomBytes(8).toString('hex')}`;

/** A new environment id: `ae_` and 16 hexadecimal digits. */
export const newEnvironmentId = (): string => `ae_${randomBytes(8).toString('hex')}`;

/** A new id of a key, for naming it in commands: `key_` and 12 characters. */
export const newKeyId = (): string => `key_${randomText(12)}`;
