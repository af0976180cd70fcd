import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';
import { nth, poolOf, Weighted, zipf } from './weighted.ts';

describe('Weighted', () => {
  it('draws each number as often as its weight says', () => {
    const spread = new Weighted([5, 0, 3, 2]);
    const random = new Random(3, 'weighted');
    const counts = [0, 0, 0, 0];
    for (let draw = 0; draw < 40_000; draw++) {
      const value = spread.draw(random);
      counts[value] = nth(counts, value) + 1;
    }
    counts.forEach((count, value) => {
      expect(count / 40_000).toBeCloseTo(spread.probability(value), 1);
    });
    expect(counts[1]).toBe(0);
    expect(spread.probability(9)).toBe(0);
  });

  it('refuses a distribution without weight', () => {
    expect(() => new Weighted([0, 0])).toThrow(RangeError);
  });

  it('puts equal values together', () => {
    const { values, spread } = poolOf([
      ['a', 1],
      ['b', 2],
      ['a', 1],
    ]);
    expect(values).toEqual(['a', 'b']);
    expect(spread.probability(0)).toBe(0.5);
  });

  it('falls as a power of the rank', () => expect(zipf(3, 1)).toEqual([1, 1 / 2, 1 / 3]));
});
