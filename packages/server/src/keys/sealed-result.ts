import { createCipheriv, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw, type InputType } from 'node:zlib';

/** What every sealed result begins with: the mark by which the official libraries know one. */
const MARK = Buffer.from([0x9e, 0x85, 0xdc, 0xed]);

const NONCE_BYTES = 12;

const compress = promisify<InputType, Buffer>(deflateRaw);

/**
 * A sealed result: mark, 12 random bytes, AES-256-GCM (NIST SP 800-38D) over the raw DEFLATE (RFC 1951) of the text, and
 * the 16 bytes of its tag; all in base64. Whoever has the key can open it with the official libraries; the browser that
 * carries it cannot read or change it.
 *
 * @param key the environment's sealing key: 32 bytes, base64
 * @param plaintext JSON text of the event, in the form of the API that the reader uses
 */
export const sealResult = async (key: string, plaintext: string): Promise<string> => {
  const compressed = await compress(plaintext);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), nonce);
  const hidden = Buffer.concat([cipher.update(compressed), cipher.final()]);
  return Buffer.concat([MARK, nonce, hidden, cipher.getAuthTag()]).toString('base64');
};
