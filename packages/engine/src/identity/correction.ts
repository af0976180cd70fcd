import type { Curve } from './calibrate.ts';
import { logOdds, shareOf } from './log-odds.ts';

/** What scores stand for, against what was said of them: log-odds of `start + slope * (log-odds as said)`, natural. */
export type Correction = { start: number; slope: number };

/** Cases of like scores: what was said of them, as natural log-odds, how many there were, and how many of them were right. */
export type SaidCases = { said: number; right: number; count: number };

/** How far a site is expected to be from what was said, as standard deviations of a correction's parts. */
const USUAL: Correction = { start: 0.25, slope: 0.1 };

/**
 * What all cases together are worth at most, in cases. They stand for other visits than their own, and are off where those
 * differ, however many there are: they may bend what was said, and never replace it.
 */
const MOST = 200;

/** A curve that was rising must not fall. */
const LEAST_SLOPE = 0.1;

const ROUNDS = 30;

const within = (step: number, most: number): number => Math.min(most, Math.max(-most, step));

/**
 * The likeliest correction: a logistic regression on what was said (Platt, 1999) under a normal prior that there is nothing to
 * correct, by Newton's method with steps of a bounded length.
 */
export const correctionOf = (cases: readonly SaidCases[]): Correction => {
  const all = cases.reduce((sum, { count }) => sum + count, 0);
  const worth = Math.min(1, MOST / Math.max(all, 1));
  let [start, slope] = [0, 1];
  for (let round = 0; round < ROUNDS; round++) {
    const curvature = { start: USUAL.start ** -2, both: 0, slope: USUAL.slope ** -2 };
    let toStart = -start * curvature.start;
    let toSlope = (1 - slope) * curvature.slope;
    for (const { said, right, count } of cases) {
      const chance = shareOf(start + slope * said);
      const missed = worth * (right - count * chance);
      const spread = worth * count * chance * (1 - chance);
      toStart += missed;
      toSlope += missed * said;
      curvature.start += spread;
      curvature.both += spread * said;
      curvature.slope += spread * said * said;
    }
    const determinant = curvature.start * curvature.slope - curvature.both ** 2;
    start += within((curvature.slope * toStart - curvature.both * toSlope) / determinant, USUAL.start);
    slope += within((curvature.start * toSlope - curvature.both * toStart) / determinant, USUAL.slope);
    slope = Math.max(LEAST_SLOPE, slope);
  }
  return { start, slope };
};

/** A curve that says what it said, corrected: as fine as it was, and still rising. */
export const corrected = (curve: Curve, { start, slope }: Correction): Curve =>
  curve.map(({ from, chance }) => ({ from, chance: shareOf(start + slope * logOdds(chance)) }));
