import { type AttributeName, attributeNames } from './attributes.ts';
import type { BlockingKeyName } from './blocking-keys.ts';
import { compare, emptyComparison } from './compare.ts';
import { calibrationGroup, type SystemModel } from './model.ts';
import type { Portrait } from './portrait.ts';
import { firstMinuteOf, lastMinuteOf, type Profile, sharesValue, visitsOf } from './profile.ts';
import { type BestFit, signsOf } from './signs.ts';
import { logMissing, type TokenHabit } from './token-habit.ts';
import { type Counted, likelihoodOf, type Rarity, rarityOf } from './weigh.ts';

/** A visitor that a visit may belong to. `foundBy`: the keys that led to it; all of the visit's where they are not known. */
export type Known<Id> = { id: Id; profile: Profile; foundBy?: readonly BlockingKeyName[] };

/** What is known of visits as a whole, for the prior. */
export type Traffic = {
  /** New visitors a day. */
  newPerDay: number;
  /** Visitors under the blocking keys that were not read, because a key leads to more than the cap. */
  unread: number;
  /** Keys that lead to more visitors than were read. */
  overflowing: ReadonlySet<BlockingKeyName>;
  /** How visitors of its kind come back: with a token, or without as this visit. */
  tokens: TokenHabit;
};

/** How likely each answer is. The shares of `ranked`, `newcomer` and `unread` add up to 1. */
export type Posterior<Id> = {
  /** Best first. `bits`: the likelihood ratio that the comparison gave, base 2. */
  ranked: { known: Known<Id>; share: number; bits: number }[];
  newcomer: number;
  /** That it is one of the visitors who share a key with it and were not read. */
  unread: number;
  rarity: Rarity;
  /** What tells how far the best candidate is to be believed, in the order of the signs; empty without candidates. */
  signs: readonly number[];
  /** Whose scores this one is to be calibrated with. */
  group: string;
};

const addressAt = attributeNames.indexOf('address' satisfies AttributeName);

const MINUTES_A_DAY = 1440;

const ageOf = (profile: Profile, { minute }: Portrait): number =>
  Math.max(0, minute - firstMinuteOf(profile)) / MINUTES_A_DAY;
const gapOf = (profile: Profile, { minute }: Portrait): number =>
  Math.max(0, minute - lastMinuteOf(profile)) / MINUTES_A_DAY;

/** log of how often a day a visitor is to be expected. */
const logReturns = (profile: Profile, portrait: Portrait, span: number, { returning }: SystemModel): number => {
  const days = ageOf(profile, portrait);
  const due = (visitsOf(profile) + returning.visits) / (days + returning.days);
  return Math.log(due * (returning.recency[span] ?? 1));
};

/** Whether only keys led to it that lead to more than were read. Who was not read shares no other key with the visit either. */
const isOfCrowd = (known: Known<unknown> | undefined, { overflowing }: Traffic): boolean =>
  known?.foundBy?.every((name) => overflowing.has(name)) ?? true;

/**
 * What one of the unread crowd weighs: as much as one of it that was read, on average, without the best. That one was chosen by
 * the visit, not by chance. `least`: where none can tell.
 */
const typicalOf = (crowd: readonly number[], least: number): number => {
  if (crowd.length < 2) return least;
  return (crowd.reduce((sum, part) => sum + part, 0) - Math.max(...crowd)) / (crowd.length - 1);
};

/** Others of less are not looked at. */
const LEAST_SHARE = 1e-3;

/** What falls to others who were seen at an address of the best one. */
const kinOf = (profile: Profile, others: Posterior<unknown>['ranked']): number => {
  let kin = 0;
  for (const { known, share } of others) {
    if (share < LEAST_SHARE) break;
    if (sharesValue(profile, known.profile, addressAt)) kin += share;
  }
  return kin;
};

/** The signs of the best candidate. */
const judged = <Id>(
  portrait: Portrait,
  [best, ...others]: Posterior<Id>['ranked'],
  rest: Pick<BestFit, 'newcomer' | 'unread' | 'commonness' | 'logNewcomer'>,
  { tokens }: Traffic,
): number[] => {
  if (best === undefined) return [];
  const { profile } = best.known;
  const compared = emptyComparison();
  compare(portrait, profile, compared);
  return signsOf({
    ...rest,
    profile,
    share: best.share,
    runnerUp: others[0]?.share ?? 0,
    kin: kinOf(profile, others),
    bits: best.bits,
    compared,
    logMissing: logMissing(profile, compared.span, tokens),
    age: ageOf(profile, portrait),
    gap: gapOf(profile, portrait),
  });
};

/**
 * Bayes' rule over {each candidate, a new visitor, the crowd that was not read}. Candidates are weighed by how often they
 * come and by how well they fit; one of the unread crowd is taken to fit as those do that were read of it.
 */
export const posteriorOf = <Id>(
  portrait: Portrait,
  candidates: readonly Known<Id>[],
  counted: Counted,
  traffic: Traffic,
  model: SystemModel,
): Posterior<Id> => {
  const rarity = rarityOf(counted, model);
  const compared = emptyComparison();
  const weighed = candidates.map((known) => {
    compare(portrait, known.profile, compared);
    const likelihood = likelihoodOf(compared, known.profile, rarity, model);
    const due =
      logReturns(known.profile, portrait, compared.span, model) +
      logMissing(known.profile, compared.span, traffic.tokens);
    return { known, likelihood, log: likelihood + due };
  });
  const newcomerLog = Math.log(Math.max(traffic.newPerDay, 1e-9)) + rarity.logNewcomer;
  const top = weighed.reduce((most, { log }) => Math.max(most, log), newcomerLog);
  const newcomer = Math.exp(newcomerLog - top);
  const parts = weighed.map(({ log }) => Math.exp(log - top));
  const read = parts.reduce((total, part) => total + part, 0);
  const crowd = parts.filter((_, at) => isOfCrowd(weighed[at]?.known, traffic));
  const unread = parts.length === 0 ? 0 : traffic.unread * typicalOf(crowd, Math.min(...parts));
  const whole = newcomer + read + unread;
  const ranked = weighed
    .map(({ known, likelihood }, at) => ({ known, share: (parts[at] ?? 0) / whole, bits: likelihood / Math.LN2 }))
    .sort((a, b) => b.share - a.share);
  const shares = { newcomer: newcomer / whole, unread: unread / whole };
  return {
    ranked,
    ...shares,
    rarity,
    signs: judged(portrait, ranked, { ...shares, commonness: counted, logNewcomer: rarity.logNewcomer }, traffic),
    group: calibrationGroup(portrait.os, counted),
  };
};
