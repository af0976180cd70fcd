import { AGAIN, FROM_THE_START, GOES, MEDIAN_RATE, MOST_A_DAY, SIGMA } from '../visits/visit-calendar.ts';

/** Standard normal quantiles of equal weight, at which the spread of visit rates is looked at. */
const QUANTILES = [-1.645, -1.036, -0.674, -0.385, -0.126, 0.126, 0.385, 0.674, 1.036, 1.645];

const rates = QUANTILES.map((quantile) => Math.min(MOST_A_DAY, MEDIAN_RATE * Math.exp(SIGMA * quantile)));

const SOON = 1 / AGAIN.days;

/** The density, in 1/days, of the next visit after so many days, and the chance that there was none until then. */
const densityAfter = (days: number, rate: number): number =>
  (1 - GOES) * (AGAIN.chance * SOON * Math.exp(-SOON * days) + (1 - AGAIN.chance) * rate * Math.exp(-rate * days));
const silenceFor = (days: number, rate: number): number =>
  GOES + (1 - GOES) * (AGAIN.chance * Math.exp(-SOON * days) + (1 - AGAIN.chance) * Math.exp(-rate * days));

/** What a browser's past visits tell of its rate: a weight for each quantile. */
export type Rhythm = { last: number; weights: readonly number[] };

/** After a visit on a day. */
export const rhythmAfter = (before: Rhythm | undefined, day: number): Rhythm => {
  if (before === undefined) return { last: day, weights: rates.map(() => 1 / rates.length) };
  const gap = Math.max(1e-6, day - before.last);
  const weights = before.weights.map((weight, at) => weight * densityAfter(gap, rates[at] ?? 0));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  return { last: day, weights: weights.map((weight) => weight / whole) };
};

/**
 * How often a day a known browser is to be expected now, given its past and its silence since (the hazard). It only falls
 * until the next visit, as that of every mixture of exponentials does.
 */
export const expectedNow = ({ last, weights }: Rhythm, day: number): number => {
  const gap = Math.max(0, day - last);
  let coming = 0;
  let silent = 0;
  for (let at = 0; at < weights.length; at++) {
    const weight = weights[at] ?? 0;
    const rate = rates[at] ?? 0;
    coming += weight * densityAfter(gap, rate);
    silent += weight * silenceFor(gap, rate);
  }
  return coming / silent;
};

/** The logarithm of the most that {@link expectedNow} can be: that of the fastest, right after a visit. */
export const MOST_DUE = Math.log(AGAIN.chance * SOON + MOST_A_DAY);

const mean = (of: (rate: number) => number): number => rates.reduce((sum, rate) => sum + of(rate), 0) / rates.length;

/** New browsers a day, so many days into a simulation of `visitors` browsers over `span` days. */
export const newcomersNow = (visitors: number, days: number, span: number): number => {
  const settledLater = FROM_THE_START * mean((rate) => rate * Math.exp(-rate * days));
  const settled = FROM_THE_START * mean((rate) => 1 - Math.exp(-rate * span));
  return visitors * (settledLater + (1 - settled) / span);
};
