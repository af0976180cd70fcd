import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

const draws = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);

describe('Random', () => {
  it('gives the same numbers for the same seed and stream, and others for another', () => {
    const [one, same, seed, stream] = [
      new Random(7, 'a'),
      new Random(7, 'a'),
      new Random(8, 'a'),
      new Random(7, 'b'),
    ] as const;
    const first = draws(5, () => one.next());
    expect(draws(5, () => same.next())).toEqual(first);
    expect(draws(5, () => seed.next())).not.toEqual(first);
    expect(draws(5, () => stream.next())).not.toEqual(first);
  });

  it('is uniform, and exponential by its rate', () => {
    const random = new Random(1, 'test');
    const mean = (list: number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
    expect(mean(draws(20_000, () => random.next()))).toBeCloseTo(0.5, 2);
    expect(mean(draws(20_000, () => random.exponential(4)))).toBeCloseTo(0.25, 2);
    expect(random.exponential(0)).toBe(Number.POSITIVE_INFINITY);
  });
});
