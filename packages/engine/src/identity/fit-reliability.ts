import { shareOf } from './log-odds.ts';
import { type Part, type Reliability, within } from './reliability.ts';
import { signNames } from './signs.ts';
import { solvePositive } from './solve-positive.ts';

/** A link that might have been made: its signs, and whether it would have been right. */
export type SignedCase = { signs: readonly number[]; right: boolean };

/** Shares of the cases at which a sign may bend, and those at either end beyond which it is level. */
const BENDS = [0.1, 0.3, 0.5, 0.7, 0.9];
const ENDS = 0.005;

/** Cases that are fitted on: more change little and take long. */
const MOST_CASES = 24_000;

/**
 * The weight of the prior in cases, for each term: what few cases say stays close to it. At 1 a handful of fleets in the worlds
 * for tuning taught what holds of no other fleet: half of a fresh world's clones were merged. From 20 on nothing changes much.
 */
const RIDGE = 20;

/** Before anything is learnt, a share is taken at its word, and nothing else counts. */
const PRIOR = { sign: signNames.indexOf('share'), slope: 1 };

const ROUNDS = 20;
const SETTLED = 1e-3;

type Shape = Pick<Part, 'least' | 'most'> & { bends: number[] };
/** One term: the sign at a place, from a bend on, or all of it. */
type Term = { at: number; shape: Shape; from: number | null };

const shapeOf = (cases: readonly SignedCase[], at: number): Shape => {
  const sorted = Float64Array.from(cases, ({ signs }) => signs[at] ?? 0).sort();
  const quantile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [least, most] = [quantile(ENDS), quantile(1 - ENDS)];
  const bends = [...new Set(BENDS.map(quantile))].filter((bend) => bend > least && bend < most);
  return { least, most, bends };
};

const readTerm = ({ at, shape, from }: Term, { signs }: SignedCase): number => {
  const sign = within(shape, signs[at] ?? 0);
  return from === null ? sign : Math.max(0, sign - from);
};

/** Mean and deviation of a term, so that terms of all scales can be shrunk alike. */
type Scale = { mean: number; deviation: number };

const scaleOf = (term: Term, cases: readonly SignedCase[]): Scale => {
  let [sum, squares] = [0, 0];
  for (const one of cases) {
    const value = readTerm(term, one);
    sum += value;
    squares += value ** 2;
  }
  const mean = sum / cases.length;
  return { mean, deviation: Math.sqrt(Math.max(squares / cases.length - mean ** 2, 0)) || 1 };
};

/** Where a search for weights stands: how far it is from what is seen and believed, and its first and second derivatives. */
type Standing = { loss: number; slope: Float64Array; curvature: Float64Array };

/** The standing of weights under a normal prior around `prior`. `rows`: a term a column, the last the constant. */
const standingOf = (weights: Float64Array, rows: Float64Array, rights: Uint8Array, prior: Float64Array): Standing => {
  const size = weights.length;
  const slope = weights.map((weight, at) => RIDGE * ((prior[at] ?? 0) - weight));
  let loss = slope.reduce((sum, pull) => sum + pull ** 2 / (2 * RIDGE), 0);
  const curvature = new Float64Array(size * size);
  for (let at = 0; at < size; at++) curvature[at * size + at] = RIDGE;
  for (let one = 0; one < rights.length; one++) {
    const row = rows.subarray(one * size, (one + 1) * size);
    let score = 0;
    for (let at = 0; at < size; at++) score += (row[at] ?? 0) * (weights[at] ?? 0);
    const chance = shareOf(score);
    const right = rights[one] ?? 0;
    // log(1 + e^x) without overflow, of the score that speaks against what is seen.
    const against = right === 1 ? -score : score;
    loss += Math.max(against, 0) + Math.log1p(Math.exp(-Math.abs(against)));
    const spread = chance * (1 - chance);
    for (let at = 0; at < size; at++) {
      const value = row[at] ?? 0;
      slope[at] = (slope[at] ?? 0) + (right - chance) * value;
      const part = spread * value;
      for (let to = 0; to <= at; to++) {
        curvature[at * size + to] = (curvature[at * size + to] ?? 0) + part * (row[to] ?? 0);
      }
    }
  }
  return { loss, slope, curvature };
};

/**
 * Weights of the highest posterior: logistic regression by Newton's method (Bishop 2006, sections 4.3.3 and 4.5.1), each step
 * halved for as long as it leads away.
 */
const fitWeights = (rows: Float64Array, rights: Uint8Array, prior: Float64Array): Float64Array => {
  let weights: Float64Array = new Float64Array(prior.length);
  let standing = standingOf(weights, rows, rights, prior);
  for (let round = 0; round < ROUNDS; round++) {
    let step = solvePositive(standing.curvature, standing.slope);
    let next = standing;
    do {
      next = standingOf(addTo(weights, step), rows, rights, prior);
      if (next.loss <= standing.loss) break;
      step = step.map((change) => change / 2);
    } while (step.some((change) => Math.abs(change) > SETTLED));
    if (next.loss > standing.loss) break;
    weights = addTo(weights, step);
    standing = next;
    if (step.every((change) => Math.abs(change) < SETTLED)) break;
  }
  return weights;
};

const addTo = (weights: Float64Array, step: Float64Array) => weights.map((weight, at) => weight + (step[at] ?? 0));

/** An even sample of a list that is too long. */
const sampled = (cases: readonly SignedCase[]): readonly SignedCase[] => {
  const every = Math.ceil(cases.length / MOST_CASES);
  return every <= 1 ? cases : cases.filter((_, at) => at % every === 0);
};

/** How far links are to be believed, by cases that tell. */
export const fitReliability = (all: readonly SignedCase[]): Reliability => {
  const cases = sampled(all);
  const shapes = signNames.map((_, at) => shapeOf(cases, at));
  const terms: Term[] = shapes.flatMap((shape, at) => [null, ...shape.bends].map((from) => ({ at, shape, from })));
  const scaled = terms.map((term) => ({ term, ...scaleOf(term, cases) }));
  const size = terms.length + 1;
  const rows = new Float64Array(cases.length * size).fill(1);
  cases.forEach((one, row) => {
    scaled.forEach(({ term, mean, deviation }, at) => {
      rows[row * size + at] = (readTerm(term, one) - mean) / deviation;
    });
  });
  const prior = new Float64Array(size);
  scaled.forEach(({ term, mean, deviation }, at) => {
    if (term.at !== PRIOR.sign || term.from !== null) return;
    prior[at] = PRIOR.slope * deviation;
    prior[size - 1] = PRIOR.slope * mean;
  });
  const weights = fitWeights(
    rows,
    Uint8Array.from(cases, ({ right }) => Number(right)),
    prior,
  );
  let start = weights[size - 1] ?? 0;
  const parts: Part[] = shapes.map(({ least, most }) => ({ least, most, slope: 0, bends: [] }));
  scaled.forEach(({ term: { at, from }, mean, deviation }, place) => {
    const slope = (weights[place] ?? 0) / deviation;
    const part = parts[at];
    start -= slope * mean;
    if (from !== null) part?.bends.push({ from, slope });
    else if (part !== undefined) part.slope = slope;
  });
  return { start, parts };
};
