import { createCipheriv, randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';

/** What every sealed result begins with: the mark by which the official libraries know one. */
const MARK = Buffer.from([0x9e, 0x85, 0xdc, 0xed]);

const NONCE_BYTES = 12;

/** The text is filled up to a multiple of so many bytes. */
const STEP = 1_024;

/** JSON text with spaces behind it, which `JSON.parse` passes over, up to a whole step. */
const padded = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & (STEP - 1), ' ')]);
};

/**
 * A sealed result: mark, 12 random bytes, AES-256-GCM (NIST SP 800-38D) over the raw DEFLATE (RFC 1951) of the text, and
 * the 16 bytes of its tag; all in base64. Whoever has the key can open it with the official libraries; the browser that
 * carries it cannot read or change it.
 *
 * A cipher hides what is written, not how long it is. Compression would make the length tell of the content: a page that
 * puts guesses of the visitor id into its own tag sees the result become shorter when a guess is right (CRIME, Rizzo and
 * Duong 2012). So the text lies in stored blocks, whose length depends on its length alone, and that in steps of 1 KiB.
 *
 * @param key the environment's sealing key: 32 bytes, base64
 * @param plaintext JSON text of the event, in the form of the API that the reader uses
 */
export const sealResult = (key: string, plaintext: string): string => {
  const stored = deflateRawSync(padded(plaintext), { level: 0 });
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), nonce);
  const hidden = Buffer.concat([cipher.update(stored), cipher.final()]);
  return Buffer.concat([MARK, nonce, hidden, cipher.getAuthTag()]).toString('base64');
};
