import { type Curve, calibrated, poolViolators } from './calibrate.ts';
import type { CountOf, Raise } from './frequencies.ts';
import { hashText, joinHashes } from './hash-text.ts';
import type { IdentityModel } from './model.ts';

/** Part of the keys of these counts. Stored: never renumber. */
const EXPERIENCE = 13;

/** Scores are noted by steps of half a unit of natural log-odds, from -12 to 12. */
const STEPS = 48;
const STEP = 0.5;
const LOWEST = -12;

/** What a score speaks for. Stored: never renumber. */
const kinds = { links: 0, newcomers: 1 } as const;
type Kind = keyof typeof kinds;

/** Cases that what was shipped is worth, in each step. */
const SHIPPED = 40;

/** A score of a blind replay, and whether what it spoke for was right. `group`: see `calibrationGroup`. */
export type BlindCase = { kind: Kind; group: string; score: number; right: boolean; weight: number };

const stepOf = (score: number): number => Math.min(STEPS - 1, Math.max(0, Math.floor((score - LOWEST) / STEP)));

const caseKey = (kind: Kind, group: string, step: number, right: boolean): number =>
  joinHashes(EXPERIENCE, hashText(group), step * 4 + kinds[kind] * 2 + (right ? 1 : 0));

/** What to count for the cases of a blind replay. */
export const countCases = (cases: readonly BlindCase[]): Raise[] =>
  cases.map(({ kind, group, score, right, weight }) => ({
    key: caseKey(kind, group, stepOf(score), right),
    by: weight,
  }));

const steps = Array.from({ length: STEPS }, (_, step) => step);

/** All keys that {@link relearnCurves} asks for. */
export const experienceKeys = ({ links, newcomers }: IdentityModel['curves']): number[] =>
  Object.entries({ links, newcomers }).flatMap(([kind, curves]) =>
    Object.keys(curves).flatMap((group) =>
      steps.flatMap((step) => [true, false].map((right) => caseKey(kind as Kind, group, step, right))),
    ),
  );

const relearn = (kind: Kind, group: string, shipped: Curve, countOf: CountOf): Curve => {
  const cases = steps.map((step) => {
    const from = LOWEST + step * STEP;
    const [right, wrong] = [countOf(caseKey(kind, group, step, true)), countOf(caseKey(kind, group, step, false))];
    const usual = calibrated(shipped, from + STEP / 2, 0.5);
    return { from, right: right + SHIPPED * usual, count: right + wrong + SHIPPED };
  });
  return cases.every(({ count }) => count === SHIPPED) ? shipped : poolViolators(cases);
};

/** What scores stand for here: as shipped, until a workspace's own token-bearing visits, replayed blindly, tell otherwise. */
export const relearnCurves = (shipped: IdentityModel['curves'], countOf: CountOf): IdentityModel['curves'] => {
  const all = (kind: Kind) =>
    Object.fromEntries(
      Object.entries(shipped[kind]).map(([group, curve]) => [group, relearn(kind, group, curve, countOf)]),
    );
  return { links: all('links'), newcomers: all('newcomers') };
};
