import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitReliability, type SignedCase } from './fit-reliability.ts';
import { shareOf } from './log-odds.ts';
import { reliabilityScore } from './reliability.ts';
import { type SignName, signNames } from './signs.ts';

/** Signs that are 0 but for those given. */
const signs = (given: { [Name in SignName]?: number }): number[] => signNames.map((name) => given[name] ?? 0);

/** Cases in proportion: of `count` with these signs, `rights` were right. */
const cases = (given: { [Name in SignName]?: number }, count: number, rights: number): SignedCase[] =>
  Array.from({ length: count }, (_, at) => ({ signs: signs(given), right: at < rights }));

const chanceOf = (learnt: readonly SignedCase[], given: { [Name in SignName]?: number }): number =>
  shareOf(reliabilityScore(fitReliability(learnt), signs(given)));

describe('fitReliability', () => {
  it('takes a share at its word where few cases tell', () => {
    const few = [...cases({ share: -3 }, 1, 0), ...cases({ share: 3 }, 1, 1)];
    expect(chanceOf(few, { share: -3 })).toBeCloseTo(shareOf(-3), 1);
    expect(chanceOf(few, { share: 3 })).toBeCloseTo(shareOf(3), 1);
  });

  it('learns that a share is too sure, and by which sign that can be seen', () => {
    const learnt = [
      ...cases({ share: 4, alike: 0 }, 2_000, 1_960),
      ...cases({ share: 4, alike: 5 }, 2_000, 1_000),
      ...cases({ share: 0, alike: 0 }, 2_000, 1_000),
      ...cases({ share: 0, alike: 5 }, 2_000, 200),
    ];
    expect(chanceOf(learnt, { share: 4, alike: 0 })).toBeCloseTo(0.98, 1);
    expect(chanceOf(learnt, { share: 4, alike: 5 })).toBeCloseTo(0.5, 1);
    expect(chanceOf(learnt, { share: 0, alike: 5 })).toBeCloseTo(0.1, 1);
  });

  it('bends where a line would not do', () => {
    const learnt = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].flatMap((gap) =>
      cases({ share: 1, gap }, 1_000, gap < 5 ? 800 : gap < 7 ? 200 : 800),
    );
    expect(chanceOf(learnt, { share: 1, gap: 5 })).toBeLessThan(0.5);
    expect(chanceOf(learnt, { share: 1, gap: 1 })).toBeGreaterThan(0.6);
    expect(chanceOf(learnt, { share: 1, gap: 9 })).toBeGreaterThan(0.6);
  });

  it('reads nothing into what was never seen', () => {
    const learnt = [0, 1, 2, 3].flatMap((visits) => cases({ share: visits, visits }, 500, 300 + 50 * visits));
    expect(chanceOf(learnt, { share: 3, visits: 1_000 })).toBe(chanceOf(learnt, { share: 3, visits: 3 }));
  });

  it('finds finite weights whatever it is given', () => {
    const one = fc.record({
      signs: fc.array(fc.integer({ min: -28, max: 28 }), { minLength: signNames.length, maxLength: signNames.length }),
      right: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 40 }), (learnt) => {
        const reliability = fitReliability(learnt);
        for (const { signs: shown } of learnt) expect(reliabilityScore(reliability, shown)).toSatisfy(Number.isFinite);
      }),
      { numRuns: 20 },
    );
  });
});
