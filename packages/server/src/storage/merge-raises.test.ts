import { describe, expect, it } from 'vitest';
import { mergeRaises } from './merge-raises.ts';

describe('mergeRaises', () => {
  it('adds up what comes under one key, in the order of the keys', () => {
    const raises = [9, 2 ** 40, 1, 9].map((key, at) => ({ key, by: at + 1 }));
    expect(mergeRaises(raises)).toEqual([
      { key: 1, by: 3 },
      { key: 9, by: 5 },
      { key: 2 ** 40, by: 2 },
    ]);
    expect(mergeRaises([])).toEqual([]);
  });
});
