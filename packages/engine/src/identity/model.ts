import { attributeList } from './attributes.ts';
import { borrow } from './borrow.ts';
import type { Curve } from './calibrate.ts';
import { CIRCUMSTANCES, OUTCOMES, outcomes, STEPS, steps } from './compare.ts';
import type { Commonness, Novelty } from './frequencies.ts';
import type { Reliability } from './reliability.ts';
import { SPAN_COUNT } from './spans.ts';
import { pairCell, type SystemTally, stepCell } from './tally.ts';

/** How new values, configurations and neighbours come up on one system. */
export type SystemNovelty = {
  /** By attribute: among those with the same parent, and among all. */
  conditional: Novelty[];
  marginal: Novelty[];
  configuration: Novelty;
  /** Whether who is new at an address looks like one who was there before. */
  place: Novelty;
};

/**
 * How often visitors come back. One seen `n` times in `t` days is due `(n + visits) / (t + days)` times a day, and more or
 * less by how long ago its last visit is: `recency` has a factor for each span.
 */
export type Returning = { visits: number; days: number; recency: number[] };

/** What is learnt of one system, as logarithms that a comparison only has to add up. Natural logarithms. */
export type SystemModel = {
  /** log P(outcome | one browser), in the cells of a tally's pairs. */
  logSame: Float64Array;
  /** log P(fonts near | two browsers), by attribute. */
  logNear: Float64Array;
  /** log P(step | one browser) / P(step | two), in the cells of a tally's steps. */
  logStep: Float64Array;
  /** P(same version | two browsers), by version and span. */
  sameByChance: Float64Array;
  novelty: SystemNovelty;
  returning: Returning;
};

/** Counts that every cell is begun with, so that what was never seen is unlikely and not impossible. */
const BEGUN = 0.5;
/** How much the counts of all spans together weigh in one span's. */
const ALL_SPANS = 8;

const sum = (counts: Float64Array, from: number, size: number): number => {
  let total = 0;
  for (let at = from; at < from + size; at++) total += counts[at] ?? 0;
  return total;
};

/** log P(outcome | one browser): each span's counts, leaning on those of all spans, which lean on equal chances. */
const logSameOf = ({ pairs }: SystemTally): Float64Array => {
  const logs = new Float64Array(pairs.length);
  const shown = OUTCOMES - 1;
  attributeList.forEach(({ movesAtLeast = 0 }, at) => {
    for (let circumstance = 0; circumstance < CIRCUMSTANCES; circumstance++) {
      const overall = new Float64Array(OUTCOMES);
      for (let span = 0; span < SPAN_COUNT; span++) {
        const cell = pairCell(at, circumstance, span);
        for (let outcome = 1; outcome < OUTCOMES; outcome++)
          overall[outcome] = (overall[outcome] ?? 0) + (pairs[cell + outcome] ?? 0);
      }
      const overallTotal = sum(overall, 1, shown);
      for (let span = 0; span < SPAN_COUNT; span++) {
        const cell = pairCell(at, circumstance, span);
        const total = sum(pairs, cell + 1, shown);
        for (let outcome = 1; outcome < OUTCOMES; outcome++) {
          const share = ((overall[outcome] ?? 0) + BEGUN) / (overallTotal + BEGUN * shown);
          const chance = ((pairs[cell + outcome] ?? 0) + ALL_SPANS * share) / (total + ALL_SPANS);
          logs[cell + outcome] = Math.log(outcome === outcomes.moved ? Math.max(chance, movesAtLeast) : chance);
        }
      }
    }
  });
  return logs;
};

const logNearOf = ({ strangers }: SystemTally): Float64Array =>
  Float64Array.from(attributeList, (_, at) => {
    const total = sum(strangers, at * OUTCOMES + 1, OUTCOMES - 1);
    return Math.log(((strangers[at * OUTCOMES + outcomes.near] ?? 0) + BEGUN) / (total + 2 * BEGUN));
  });

const logStepOf = ({ pairSteps, strangerSteps }: SystemTally): Float64Array => {
  const logs = new Float64Array(pairSteps.length);
  const known = STEPS - 1;
  for (const version of [0, 1] as const) {
    for (let span = 0; span < SPAN_COUNT; span++) {
      const cell = stepCell(version, span);
      const same = sum(pairSteps, cell + 1, known) + BEGUN * known;
      const other = sum(strangerSteps, cell + 1, known) + BEGUN * known;
      for (let step: number = steps.same; step < STEPS; step++) {
        const one = ((pairSteps[cell + step] ?? 0) + BEGUN) / same;
        logs[cell + step] = Math.log(one / (((strangerSteps[cell + step] ?? 0) + BEGUN) / other));
      }
    }
  }
  return logs;
};

const sameByChanceOf = ({ strangerSteps }: SystemTally): Float64Array =>
  Float64Array.from({ length: 2 * SPAN_COUNT }, (_, at) => {
    const cell = at * STEPS;
    const known = STEPS - 1;
    return ((strangerSteps[cell + steps.same] ?? 0) + BEGUN) / (sum(strangerSteps, cell + 1, known) + BEGUN * known);
  });

/** What a tally teaches of one system. */
export const learnSystem = (counted: SystemTally, fitted: SystemNovelty, returning: Returning): SystemModel => {
  const { tally, novelty } = borrow(counted, fitted);
  return {
    logSame: logSameOf(tally),
    logNear: logNearOf(tally),
    logStep: logStepOf(tally),
    sameByChance: sameByChanceOf(tally),
    novelty,
    returning,
  };
};

/** What is learnt, by system; `other` for systems that were too rare to learn of. */
export type IdentityModel = {
  systems: Record<string, SystemModel>;
  other: SystemModel;
  /**
   * By calibration group, how links are scored, and what scores of links and of new visitors stand for. {@link ANY} serves the
   * groups that were too rare to learn of; without it, a share is taken at its word.
   */
  reliability: Record<string, Reliability>;
  curves: { links: Record<string, Curve>; newcomers: Record<string, Curve> };
};

export const modelOf = (model: IdentityModel, os: string): SystemModel => model.systems[os] ?? model.other;

/** The calibration group of all. */
export const ANY = 'any';

/** How many visitors must share a configuration for it to be a crowd's: at an address, and among all. */
const CROWD = 2.5;

/** Visitors below which a workspace is young: what is rare there may yet turn out to be common. */
const YOUNG = 300;

/**
 * Whose scores are alike: those of one system, crowds apart, and clones at one address apart from them. Where many share a
 * configuration the matcher errs more often than it knows, and one curve for all would make the others look unsure.
 */
export const calibrationGroup = (os: string, { configuration, kind, place }: Commonness): string => {
  if (kind.total < YOUNG) return 'young';
  if (place.count >= CROWD) return `${os}, clones`;
  return configuration.count >= CROWD ? `${os}, crowd` : os;
};
