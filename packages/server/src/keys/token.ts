import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { VISITOR_ID_PATTERN } from '@whorl/contract';
import { unseal } from './seal.ts';

const VISITOR_ID = new RegExp(VISITOR_ID_PATTERN);

/** Tokens are kept by browsers for years; the version lets their form change without breaking old ones. */
const FORM = 'w2';

/** The form before, which showed the visitor id to whoever looked into the cookie. */
const READABLE_FORM = 'w1';

/** Random bytes of a token. Every token has a cipher key of its own, so that no two ever share key and nonce. */
const SALT_BYTES = 16;
const TAG_BYTES = 16;
const NONCE = Buffer.alloc(12);

/** The whole form: salt, the 20 characters of the visitor id, tag. */
const TOKEN = new RegExp(`^${FORM}\\.([A-Za-z0-9_-]{70})$`);

const cipherKey = (secret: Buffer, scope: string, salt: Buffer): Buffer =>
  createHmac('sha256', secret).update(`token cipher ${scope}\0`).update(salt).digest();

/**
 * The token that a browser keeps: `w2.` and, in base64url, a random salt with the visitor id under AES-256-GCM. It holds
 * nothing but the visitor id, which only this server can read, and is worth something only in the scope (a workspace or
 * an environment) that it was made for. Two tokens of one visitor have nothing in common: a browser cannot learn from
 * them whether it was recognised.
 */
export const makeToken = (secret: Buffer, scope: string, visitorId: string): string => {
  const salt = randomBytes(SALT_BYTES);
  const cipher = createCipheriv('aes-256-gcm', cipherKey(secret, scope, salt), NONCE);
  const hidden = Buffer.concat([cipher.update(visitorId, 'latin1'), cipher.final()]);
  return `${FORM}.${Buffer.concat([salt, hidden, cipher.getAuthTag()]).toString('base64url')}`;
};

const decrypt = (secret: Buffer, scope: string, bytes: Buffer): string | undefined => {
  const salt = bytes.subarray(0, SALT_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', cipherKey(secret, scope, salt), NONCE, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(SALT_BYTES, -TAG_BYTES), undefined, 'latin1') + decipher.final('latin1');
  } catch {
    // Another server's token, another scope's, or an altered one.
    return undefined;
  }
};

const readReadable = (secret: Buffer, scope: string, token: string): string | undefined => {
  const text = unseal(secret, `token ${scope}`, token);
  return text?.startsWith(`${READABLE_FORM}.`) ? text.slice(READABLE_FORM.length + 1) : undefined;
};

/** The visitor that a token names, or undefined when it was not made by this server for this scope. */
export const readToken = (secret: Buffer, scope: string, token: string): string | undefined => {
  const [, text] = TOKEN.exec(token) ?? [];
  const visitorId =
    text === undefined ? readReadable(secret, scope, token) : decrypt(secret, scope, Buffer.from(text, 'base64url'));
  return visitorId !== undefined && VISITOR_ID.test(visitorId) ? visitorId : undefined;
};
