import { describe, expect, it } from 'vitest';
import { corrected, correctionOf } from './correction.ts';
import { shareOf } from './log-odds.ts';

/** Cases that were said to be right with these log-odds, and were right with those of `truly`. */
const cases = (truly: (said: number) => number, count: number) =>
  [-4, -2, 0, 2, 4].map((said) => ({ said, right: count * shareOf(truly(said)), count }));

describe('correctionOf', () => {
  it('finds nothing to correct where what was said is true', () => {
    const { start, slope } = correctionOf(cases((said) => said, 500));
    expect(start).toBeCloseTo(0);
    expect(slope).toBeCloseTo(1);
  });

  it('leans to what is seen, and not beyond', () => {
    const { start } = correctionOf(cases((said) => said - 1, 500));
    expect(start).toBeLessThan(-0.3);
    expect(start).toBeGreaterThan(-1);
    const { slope } = correctionOf(cases((said) => said / 2, 500));
    expect(slope).toBeLessThan(0.85);
    expect(slope).toBeGreaterThan(0.5);
  });

  it('is not carried away by many cases, nor by such as contradict each other', () => {
    const [some, many] = [5_000, 50_000].map((count) => correctionOf(cases((said) => said - 1, count)));
    expect(many?.start).toBeCloseTo(some?.start ?? 0);
    expect(many?.slope).toBeCloseTo(some?.slope ?? 0);
    const { start, slope } = correctionOf([
      { said: 9, right: 0, count: 1_000 },
      { said: -9, right: 1_000, count: 1_000 },
    ]);
    expect(Math.abs(start)).toBeLessThan(0.25);
    expect(slope).toBeGreaterThanOrEqual(0.1);
    expect(slope).toBeLessThan(0.9);
  });

  it('settles at the likeliest: nothing near it is likelier', () => {
    const seen = cases((said) => said / 2 - 0.7, 20);
    const unlikely = (start: number, slope: number): number =>
      seen.reduce(
        (sum, { said, right, count }) => {
          const chance = shareOf(start + slope * said);
          return sum - right * Math.log(chance) - (count - right) * Math.log(1 - chance);
        },
        (start / 0.25) ** 2 / 2 + ((slope - 1) / 0.1) ** 2 / 2,
      );
    const { start, slope } = correctionOf(seen);
    const least = unlikely(start, slope);
    for (const [by, turn] of [
      [0.01, 0],
      [-0.01, 0],
      [0, 0.01],
      [0, -0.01],
    ] as const) {
      expect(unlikely(start + by, slope + turn)).toBeGreaterThan(least);
    }
  });
});

describe('corrected', () => {
  it('moves every step of a curve and keeps where they begin', () => {
    const curve = [
      { from: -1, chance: 0.2 },
      { from: 3, chance: 0.9 },
    ];
    const [low, high] = corrected(curve, { start: 0.5, slope: 0.5 });
    expect(low).toEqual({ from: -1, chance: expect.closeTo(shareOf(0.5 + 0.5 * Math.log(0.25))) });
    expect(high).toEqual({ from: 3, chance: expect.closeTo(shareOf(0.5 + 0.5 * Math.log(9))) });
  });
});
