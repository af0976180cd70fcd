import { createHash, createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { base64url } from './base64url.ts';
import { hmacSha256 } from './hmac-sha256.ts';
import { sha256 } from './sha256.ts';
import { signBody } from './sign-body.ts';
import { utf8 } from './utf8.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const lengths = [0, 1, 2, 3, 54, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 129, 1_000, 70_000];

describe('SHA-256', () => {
  it('is that of the standard', () => {
    expect(hex(sha256(utf8('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it.each(lengths)('agrees with the platform’s over %d bytes', (length) => {
    const bytes = randomBytes(length);
    expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
  });
});

describe('HMAC', () => {
  it.each(lengths)('agrees with the platform’s under a key of %d bytes', (length) => {
    const [key, message] = [randomBytes(length), randomBytes(length + 7)];
    expect(hex(hmacSha256(key, message))).toBe(createHmac('sha256', key).update(message).digest('hex'));
  });
});

describe('base64url', () => {
  it.each(lengths)('agrees with the platform’s over %d bytes', (length) => {
    const bytes = randomBytes(length);
    expect(base64url(bytes)).toBe(bytes.toString('base64url'));
  });
});

describe('UTF-8', () => {
  it.each(['', 'a', 'ü', '€', '😀', 'a\u{10ffff}b', '\ud800', 'x\udc00y', '\u0000\u007f\u0080\u07ff\u0800\uffff'])(
    'agrees with the platform’s (%#)',
    (text) => {
      expect([...utf8(text)]).toEqual([...new TextEncoder().encode(text)]);
    },
  );
});

describe('a signature', () => {
  it('is of the documented form', () => {
    const expected = createHmac('sha256', 'key').update('whorl-app-signature-1\npublic\n{"ü":1}').digest('base64url');
    expect(signBody('key', 'public', '{"ü":1}')).toBe(`1.${expected}`);
  });
});
