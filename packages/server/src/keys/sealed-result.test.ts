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
  it('gives back any text under its key', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        expect(open(await sealResult(key.toString('base64'), text))).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it('opens with no other key, and not once it was changed', async () => {
    const sealed = await sealResult(key.toString('base64'), '{"a":1}');
    expect(() => open(sealed, randomBytes(32))).toThrow();
    const changed = Buffer.from(sealed, 'base64');
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(() => open(changed.toString('base64'))).toThrow();
  });

  it('differs each time', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => sealResult(key.toString('base64'), 'same')));
    expect(new Set(all.map((sealed) => Buffer.from(sealed, 'base64').subarray(4, 16).toString('hex'))).size).toBe(20);
  });
});
