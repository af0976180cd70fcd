import type { Evidence } from '@whorl/contract';
import { attributeList } from './attributes.ts';
import { compare, emptyComparison, type Outcome, outcomes, type Step, steps } from './compare.ts';
import type { SystemModel } from './model.ts';
import type { Portrait } from './portrait.ts';
import type { Posterior } from './posterior.ts';
import { lastValue, type Profile } from './profile.ts';
import { stepWeight, weightOf } from './weigh.ts';

const outcomeWords = Object.fromEntries(Object.entries(outcomes).map(([word, outcome]) => [outcome, word])) as Record<
  Outcome,
  keyof typeof outcomes
>;
const stepWords = Object.fromEntries(Object.entries(steps).map(([word, step]) => [step, word])) as Record<
  Step,
  keyof typeof steps
>;

/** Natural logarithms to bits, to two places. */
export const toBits = (log: number): number => Math.round((log / Math.LN2) * 100) / 100;

const reason = (fact: string, value: Evidence['value'], log: number): Evidence => ({
  fact,
  value,
  weight: toBits(log),
  from: 'store',
});

/** An agreement of fewer bits is of no account, and would only hide the others. */
const NOTHING = 0.05;

/**
 * Why a visit may be a known visitor's: evidence in bits, for positive and against negative, the weightiest first. Added up
 * it is how much likelier that visitor is than a new one.
 *
 * Facts are the names of attributes, with `agreed`, `seen` (one of the earlier values), `near`, `moved` or `hidden` (of no weight);
 * `versions` of browser and system; `clones`, how many more share the whole configuration than its values one by one would
 * have it; and `returns`, how often this visitor comes beside how many new ones do.
 *
 * @param odds natural log-odds of the visitor against a new one, as the posterior has them
 */
export const explain = (
  portrait: Portrait,
  profile: Profile,
  { rarity }: Pick<Posterior<unknown>, 'rarity'>,
  odds: number,
  model: SystemModel,
): Evidence[] => {
  const compared = emptyComparison();
  compare(portrait, profile, compared);
  const weights = attributeList.map((_, at) => weightOf(at, compared, profile, rarity, model));
  const versions = stepWeight(compared, rarity, model);
  const fit = weights.reduce((sum, weight) => sum + weight, versions);
  const word = (at: number) => outcomeWords[compared.outcomes[at] as Outcome];
  const shown = (at: number): boolean => portrait.values[at] !== 0 || lastValue(profile, at) !== 0;
  return [
    ...attributeList.flatMap(({ name }, at) => (shown(at) ? [reason(name, word(at), weights[at] ?? 0)] : [])),
    reason('versions', { browser: stepWords[compared.browserStep], os: stepWords[compared.osStep] }, versions),
    reason('clones', null, -rarity.logNewcomer),
    reason('returns', null, odds - fit + rarity.logNewcomer),
  ]
    .filter(({ value, weight }) => value !== 'agreed' || Math.abs(weight) >= NOTHING)
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
};
