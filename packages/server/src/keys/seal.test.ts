import { describe, expect, it } from 'vitest';
import { checkNonce, makeNonce, NONCE_LIFETIME } from './nonce.ts';
import { checkProof, makeProof } from './proof.ts';
import { newVisitorId, randomText } from './random-id.ts';
import { seal, unseal } from './seal.ts';
import { makeToken, readToken } from './token.ts';

const secret = Buffer.alloc(32, 7);
const other = Buffer.alloc(32, 8);

describe('seal', () => {
  it('gives back what it sealed, dots and all', () => {
    expect(unseal(secret, 'p', seal(secret, 'p', 'a.b.c'))).toBe('a.b.c');
  });

  it.each([
    ['another secret', other, 'p', seal(secret, 'p', 'text')],
    ['another purpose', secret, 'q', seal(secret, 'p', 'text')],
    ['a changed text', secret, 'p', seal(secret, 'p', 'text').replace('text', 'tEXT')],
    ['no seal', secret, 'p', 'text'],
    ['an empty seal', secret, 'p', 'text.'],
    ['a short seal', secret, 'p', seal(secret, 'p', 'text').slice(0, -2)],
    ['nothing', secret, 'p', ''],
  ])('refuses %s', (_, key, purpose, sealed) => {
    expect(unseal(key, purpose, sealed)).toBeUndefined();
  });
});

describe('token', () => {
  const visitorId = newVisitorId();

  it('names its visitor in its own workspace only', () => {
    const token = makeToken(secret, 'ws_1', visitorId);
    expect(readToken(secret, 'ws_1', token)).toBe(visitorId);
    expect(readToken(secret, 'ws_2', token)).toBeUndefined();
    expect(readToken(other, 'ws_1', token)).toBeUndefined();
  });

  it('does not show its visitor, nor that two are of the same one', () => {
    const tokens = Array.from({ length: 3 }, () => makeToken(secret, 'ws_1', visitorId));
    expect(new Set(tokens.map((token) => token.slice(3, 20))).size).toBe(3);
    for (const token of tokens) {
      expect(token).toMatch(/^w2\.[A-Za-z0-9_-]{70}$/);
      expect(token).not.toContain(visitorId);
      expect(Buffer.from(token.slice(3), 'base64url').toString('latin1')).not.toContain(visitorId);
    }
  });

  it('is refused when it was altered anywhere', () => {
    const token = makeToken(secret, 'ws_1', visitorId);
    // The last character carries two spare bits, so it is left out.
    for (let at = 0; at < token.length - 1; at++) {
      const other = token[at] === 'A' ? 'B' : 'A';
      expect(readToken(secret, 'ws_1', token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
    }
    expect(readToken(secret, 'ws_1', token.slice(0, -2))).toBeUndefined();
    expect(readToken(secret, 'ws_1', '')).toBeUndefined();
  });

  it('is still read in the form that browsers keep from before', () => {
    const before = seal(secret, 'token ws_1', `w1.${visitorId}`);
    expect(readToken(secret, 'ws_1', before)).toBe(visitorId);
    expect(readToken(secret, 'ws_2', before)).toBeUndefined();
    expect(readToken(secret, 'ws_1', seal(secret, 'token ws_1', 'w1.short'))).toBeUndefined();
  });

  it('does not take a sealed text of another purpose', () => {
    expect(readToken(secret, 'ws_1', makeNonce(secret, 'ws_1', 0))).toBeUndefined();
  });
});

describe('nonce', () => {
  const now = 1_700_000_000_000;

  it('is good for its lifetime, and knows its age', () => {
    const nonce = makeNonce(secret, 'ae_1', now);
    expect(checkNonce(secret, 'ae_1', nonce, now + 500)).toEqual({ outcome: 'ok', nonceAge: 500 });
    expect(checkNonce(secret, 'ae_1', nonce, now + NONCE_LIFETIME).outcome).toBe('ok');
    expect(checkNonce(secret, 'ae_1', nonce, now + NONCE_LIFETIME + 1).outcome).toBe('nonce-expired');
  });

  it('is forged in another environment, and when made up', () => {
    const nonce = makeNonce(secret, 'ae_1', now);
    expect(checkNonce(secret, 'ae_2', nonce, now)).toEqual({ outcome: 'nonce-forged', nonceAge: null });
    expect(checkNonce(secret, 'ae_1', 'made-up-by-the-sender', now).outcome).toBe('nonce-forged');
  });

  it('never repeats', () => {
    expect(new Set(Array.from({ length: 1000 }, () => makeNonce(secret, 'ae_1', now))).size).toBe(1000);
  });
});

describe('proof', () => {
  it('opens its own event in its own environment only', () => {
    const proof = makeProof(secret, 'ae_1', '1700000000000.abcdef');
    expect(checkProof(secret, 'ae_1', '1700000000000.abcdef', proof)).toBe(true);
    expect(checkProof(secret, 'ae_1', '1700000000000.abcdeg', proof)).toBe(false);
    expect(checkProof(secret, 'ae_2', '1700000000000.abcdef', proof)).toBe(false);
    expect(checkProof(secret, 'ae_1', '1700000000000.abcdef', '')).toBe(false);
  });
});

describe('randomText', () => {
  it('has the length asked for, and every letter and digit in fair share', () => {
    const text = randomText(62_000);
    expect(text).toMatch(/^[A-Za-z0-9]{62000}$/);
    const counts = new Map<string, number>();
    for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    expect(counts.size).toBe(62);
    // 1,000 expected of each; six standard deviations are 190.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(190);
  });
});
