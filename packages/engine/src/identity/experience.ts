import { type Curve, calibrated } from './calibrate.ts';
import { cookielessKeys, strangersPerReturn } from './cookieless.ts';
import { corrected, correctionOf } from './correction.ts';
import type { CountOf, Raise } from './frequencies.ts';
import { hashText, joinHashes } from './hash-text.ts';
import { logOdds } from './log-odds.ts';
import type { IdentityModel } from './model.ts';

/** Part of the keys of these counts. Stored: never renumber. */
const EXPERIENCE = 11;

/** Scores are noted by steps of half a unit of natural log-odds, from -12 to 12. */
const STEPS = 48;
const STEP = 0.5;
const LOWEST = -12;

/** What a score speaks for. Stored: never renumber. */
const kinds = { links: 0, newcomers: 1 } as const;
type Kind = keyof typeof kinds;

/** What turned out: what a score spoke for was wrong or right of somebody who returned, or it was a stranger's. Stored: never renumber. */
const outcomes = { wrong: 0, right: 1, stranger: 2 } as const;
type Outcome = keyof typeof outcomes;

/** A score of a blind replay, and what turned out. `group`: see `calibrationGroup`; `weight`: for how many visits it stands. */
export type BlindCase = { kind: Kind; group: string; score: number; outcome: Outcome; weight: number };

const stepOf = (score: number): number => Math.min(STEPS - 1, Math.max(0, Math.floor((score - LOWEST) / STEP)));

const caseKey = (kind: Kind, group: string, step: number, outcome: Outcome): number =>
  joinHashes(EXPERIENCE, hashText(group), step * 8 + kinds[kind] * 4 + outcomes[outcome]);

/** What to count for the cases of a blind replay. */
export const countCases = (cases: readonly BlindCase[]): Raise[] =>
  cases.map(({ kind, group, score, outcome, weight }) => ({
    key: caseKey(kind, group, stepOf(score), outcome),
    by: weight,
  }));

const steps = Array.from({ length: STEPS }, (_, step) => step);
const outcomeNames = Object.keys(outcomes) as Outcome[];

/** All keys that {@link relearnCurves} asks for. */
export const experienceKeys = ({ links, newcomers }: IdentityModel['curves'], minute: number): number[] => [
  ...Object.entries({ links, newcomers }).flatMap(([kind, curves]) =>
    Object.keys(curves).flatMap((group) =>
      steps.flatMap((step) => outcomeNames.map((outcome) => caseKey(kind as Kind, group, step, outcome))),
    ),
  ),
  ...Object.keys({ ...links, ...newcomers }).flatMap((group) => cookielessKeys(group, minute)),
];

/**
 * What the cases of a group teach. Each replay left one stranger; among the visits without a token there are as many as
 * lately came for each return.
 */
const relearn = (kind: Kind, group: string, shipped: Curve, countOf: CountOf, minute: number): Curve => {
  const seen = (step: number, outcome: Outcome): number => countOf(caseKey(kind, group, step, outcome));
  const all = (outcome: Outcome): number => steps.reduce((sum, step) => sum + seen(step, outcome), 0);
  const [returns, strangers] = [all('wrong') + all('right'), all('stranger')];
  if (returns === 0) return shipped;
  const worth = strangers === 0 ? 0 : (strangersPerReturn(countOf, group, minute) * returns) / strangers;
  const cases = steps.map((step) => {
    const [wrong, right, stranger] = [seen(step, 'wrong'), seen(step, 'right'), seen(step, 'stranger') * worth];
    const said = logOdds(calibrated(shipped, LOWEST + (step + 0.5) * STEP, 0.5));
    return { said, right: kind === 'links' ? right : stranger, count: wrong + right + stranger };
  });
  return corrected(shipped, correctionOf(cases));
};

/**
 * What scores stand for here: as shipped, until a workspace's own token-bearing visits, replayed blindly, tell otherwise.
 * `minute`: now, in minutes since 1970.
 */
export const relearnCurves = (
  shipped: IdentityModel['curves'],
  countOf: CountOf,
  minute: number,
): IdentityModel['curves'] => {
  const all = (kind: Kind) =>
    Object.fromEntries(
      Object.entries(shipped[kind]).map(([group, curve]) => [group, relearn(kind, group, curve, countOf, minute)]),
    );
  return { links: all('links'), newcomers: all('newcomers') };
};
