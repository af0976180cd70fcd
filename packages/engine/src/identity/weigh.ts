import { type AttributeName, attributeList, attributeNames } from './attributes.ts';
import { type Compared, circumstances, outcomes, type Step, steps } from './compare.ts';
import { type AddressHabits, type Commonness, chanceOf, type Frequency } from './frequencies.ts';
import type { SystemModel } from './model.ts';
import { countEarlier, type Profile } from './profile.ts';
import { SPAN_COUNT } from './spans.ts';
import { pairCell, stepCell } from './tally.ts';
import type { VersionFrequencies } from './versions.ts';

/** The chance of one value that was never counted, where nothing better is known. */
const UNHEARD = 1e-5;
const NEVER: Frequency = { count: 0, total: 0, distinct: 0 };

/** Visitors counted below which a frequency may be missing most of them: a workspace begins, or a server has just started. */
const FEW = 10;

/**
 * Counts lag behind visitors by a second, and by what a crash has lost; and who is new with little certainty is counted by that
 * little. While few are counted at all, one was for certain: who looks like this visit. So nothing is taken for rare.
 */
const atLeastOne = ({ count, total, distinct }: Frequency): Frequency =>
  total < FEW
    ? { count: Math.max(count, 1), total: Math.max(total, 1), distinct: Math.max(distinct, 1) }
    : { count, total, distinct };

/** Below so much nobody was counted: even a first visitor is new with more certainty, and has hardly aged. */
const NOBODY = 0.5;

/** The same only where nobody was counted. */
const begun = (frequency: Frequency): Frequency => (frequency.total < NOBODY ? atLeastOne(frequency) : frequency);

/** All that was counted of what a visit shows. */
export type Counted = Commonness & { versions: VersionFrequencies };

/** What a visit's values weigh before any visitor is looked at. Natural logarithms. */
export type Rarity = {
  /** log P(value | another visitor with the same parent), by attribute; 0 where it is not shown. */
  logChance: Float64Array;
  /** The same, of a value that the visitor compared with has as well. */
  logShared: Float64Array;
  /** By span, how often visitors keep their address within this network. */
  habits: AddressHabits;
  /** How common its versions are as of late. */
  versions: VersionFrequencies;
  /** log of how much likelier this configuration is for a newcomer than its values, one by one, would make it. */
  logNewcomer: number;
};

const stableSum = (logChance: Float64Array): number => {
  let total = 0;
  attributeList.forEach(({ stable }, at) => {
    if (stable) total += logChance[at] ?? 0;
  });
  return total;
};

/**
 * How rare what a visit shows is. Values are not independent even given their parents: machines of one make come in
 * thousands, clones of one image in hundreds and behind one address. So the whole configuration is counted as well, among
 * all of its kind and among those at the address, each level falling back on the one before it.
 */
export const rarityOf = (
  { conditional, marginal, configuration, kind, place, habits, versions }: Counted,
  model: SystemModel,
): Rarity => {
  const { novelty } = model;
  const logsOf = (seen: (all: Frequency) => Frequency): Float64Array =>
    Float64Array.from(attributeList, (_, at) => {
      const frequency = conditional[at];
      const [own, all] = [novelty.conditional[at], novelty.marginal[at]];
      if (frequency === undefined || own === undefined || all === undefined) return 0;
      return Math.log(chanceOf(frequency, own, chanceOf(seen(marginal[at] ?? NEVER), all, UNHEARD)));
    });
  const logChance = logsOf(begun);
  const byValues = Math.exp(stableSum(logChance));
  const amongKind = chanceOf(begun(configuration), novelty.configuration, byValues);
  const here = place.total === 0 ? amongKind : chanceOf(place, novelty.place, amongKind);
  const ofKind = Math.log((kind.count + 1) / (kind.total + 10));
  return {
    logChance,
    logShared: logsOf(atLeastOne),
    habits,
    versions,
    logNewcomer: ofKind + Math.log(here) - Math.log(byValues),
  };
};

const addressAt = attributeNames.indexOf('address' satisfies AttributeName);

/** Visits that what all networks do weighs as much as, in what one network does. */
const ALL_NETWORKS = 6;

/**
 * How likely a visitor who comes through the same network again keeps its address: lines at home do for weeks, carriers of
 * phones change it by the hour. Learnt for each network, leaning on all of them.
 */
const logKept = (kept: boolean, compared: Compared, { habits }: Rarity, { logSame }: SystemModel): number => {
  const cell = pairCell(addressAt, compared.circumstances[addressAt] ?? 0, compared.span);
  const usual = 1 - Math.exp(logSame[cell + outcomes.moved] ?? 0);
  const [here, gone] = [habits.kept[compared.span] ?? 0, habits.left[compared.span] ?? 0];
  const chance = (here + ALL_NETWORKS * usual) / (here + gone + ALL_NETWORKS);
  return Math.log(kept ? chance : 1 - chance) - Math.log(kept ? usual : 1 - usual);
};

const stays = (at: number, compared: Compared): boolean =>
  at === addressAt && compared.circumstances[at] !== circumstances.uprooted;

/** What one attribute adds to the belief that visitor and visit are one, as a natural logarithm of the likelihood ratio. */
export const weightOf = (
  at: number,
  compared: Compared,
  profile: Profile,
  rarity: Rarity,
  model: SystemModel,
): number => {
  const { logShared } = rarity;
  const { logSame, logNear } = model;
  const outcome = compared.outcomes[at] ?? outcomes.hidden;
  if (outcome === outcomes.hidden) return 0;
  const usual = logSame[pairCell(at, compared.circumstances[at] ?? 0, compared.span) + outcome] ?? 0;
  const same = usual + (stays(at, compared) ? logKept(outcome !== outcomes.moved, compared, rarity, model) : 0);
  if (outcome === outcomes.agreed) return same - (logShared[at] ?? 0);
  // One of the earlier values, each as likely as the others.
  if (outcome === outcomes.seen) return same - Math.log(countEarlier(profile, at)) - (logShared[at] ?? 0);
  if (outcome === outcomes.near) return same - (logNear[at] ?? 0);
  // What a value changes into is as common for a changed visitor as for a new one: only the change itself weighs.
  return same;
};

/** Newcomers of the last weeks below which the share of all versions, whichever they are, says more than that of one. */
const ANY_VERSION = 5;

/**
 * What the version of browser (0) or system (1) adds. That it is still the same says the more the fewer have it: who is slow to
 * update stays so.
 */
const versionWeight = (
  of: 0 | 1,
  step: Step,
  { span }: Compared,
  { versions }: Rarity,
  { logStep, sameByChance }: SystemModel,
): number => {
  const usual = logStep[stepCell(of, span) + step] ?? 0;
  if (step !== steps.same) return usual;
  const byChance = sameByChance[of * SPAN_COUNT + span] ?? 1;
  const { count, total } = versions[of];
  const chance = (Math.max(count, 0) + ANY_VERSION * byChance) / (Math.max(total, 0) + ANY_VERSION);
  return usual + Math.log(byChance) - Math.log(chance);
};

/** What the versions of browser and system add. */
export const stepWeight = (compared: Compared, rarity: Rarity, model: SystemModel): number =>
  versionWeight(0, compared.browserStep, compared, rarity, model) +
  versionWeight(1, compared.osStep, compared, rarity, model);

/** The whole likelihood ratio of a comparison, as a natural logarithm. */
export const likelihoodOf = (compared: Compared, profile: Profile, rarity: Rarity, model: SystemModel): number => {
  let total = stepWeight(compared, rarity, model);
  for (let at = 0; at < attributeList.length; at++) total += weightOf(at, compared, profile, rarity, model);
  return total;
};
