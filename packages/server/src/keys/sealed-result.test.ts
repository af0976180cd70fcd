import { createDecipheriv, randomBytes } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealResult } from './sealed-result.ts';

const key = randomBytes(32);

/** Opens a sealed result by the description of its form, independently of what wrote it. */
const open = (sealed: string, with_ = key): string => {
  const bytes = Buffer.from(sealed, 'base64');
  expect(bytes.subarray(0, 4)).toEqual(Buffer.from('9e85dced', 'hex'));
  const decipher = createDecipheriv('aes-256-gcm', with_, bytes.subarray(4, 16));
  decipher.setAuthTag(bytes.subarray(-16));
  const compressed = Buffer.concat([decipher.update(bytes.subarray(16, -16)), decipher.final()]);
  return inflateRawSync(compressed).toString('utf8');
};

describe('sealResult', () => {
  it('gives back any text under its key, with spaces behind it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 5_000 }), (text) => {
        const opened = open(sealResult(key.toString('base64'), text));
        expect(opened.slice(0, text.length)).toBe(text);
        expect(opened.slice(text.length)).toMatch(/^ *$/);
      }),
      { numRuns: 50 },
    );
  });

  it('opens with no other key, and not once it was changed', () => {
    const sealed = sealResult(key.toString('base64'), '{"a":1}');
    expect(() => open(sealed, randomBytes(32))).toThrow();
    const changed = Buffer.from(sealed, 'base64');
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(() => open(changed.toString('base64'))).toThrow();
  });

  it('differs each time', () => {
    const all = Array.from({ length: 20 }, () => sealResult(key.toString('base64'), 'same'));
    expect(new Set(all.map((sealed) => Buffer.from(sealed, 'base64').subarray(4, 16).toString('hex'))).size).toBe(20);
  });

  it('is as long for a right guess of the visitor id as for a wrong one, however often it is repeated', () => {
    const visitorId = 'Ab3dEf6hIj9lMn2pQr5t';
    const lengthOf = (guess: string): number =>
      sealResult(key.toString('base64'), JSON.stringify({ visitorId, tag: { guess: guess.repeat(20) } })).length;
    const wrong = Array.from({ length: 50 }, () => randomBytes(10).toString('hex'));
    expect(new Set([visitorId, ...wrong].map(lengthOf)).size).toBe(1);
  });

  it('tells the length of its text in steps only', () => {
    const lengths = Array.from({ length: 3_000 }, (_, at) => sealResult(key.toString('base64'), 'ä'.repeat(at)).length);
    expect(new Set(lengths).size).toBe(Math.ceil((2 * 2_999) / 1_024) + 1);
  });
});
