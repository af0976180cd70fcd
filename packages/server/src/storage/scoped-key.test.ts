import { describe, expect, it } from 'vitest';
import { scopedKey } from './scoped-key.ts';

const LARGEST = 2 ** 53 - 1;

describe('scopedKey', () => {
  it('is another whole number below 2^53 in every scope and for every key', () => {
    const scopes = [0, 1, 0xffff_ffff];
    const keys = [0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, LARGEST];
    const all = scopes.flatMap((scope) => keys.map((key) => scopedKey(scope, key)));
    expect(new Set(all).size).toBe(scopes.length * keys.length);
    for (const key of all) expect(Number.isSafeInteger(key) && key >= 0).toBe(true);
  });

  it('stays what it is, as rows are found by it', () => {
    expect([scopedKey(0, 0), scopedKey(7, 2 ** 40 + 9)]).toMatchInlineSnapshot(`
      [
        0,
        479741841725805,
      ]
    `);
  });
});
