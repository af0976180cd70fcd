import { compare, emptyComparison } from './compare.ts';
import type { Commonness } from './frequencies.ts';
import { calibrationGroup, type SystemModel } from './model.ts';
import type { Portrait } from './portrait.ts';
import { firstMinuteOf, type Profile, visitsOf } from './profile.ts';
import { likelihoodOf, type Rarity, rarityOf } from './weigh.ts';

/** A visitor that a visit may belong to. */
export type Known<Id> = { id: Id; profile: Profile };

/** What is known of visits as a whole, for the prior. */
export type Traffic = {
  /** New visitors a day. */
  newPerDay: number;
  /** Visitors under the blocking keys that were not read, because a key leads to more than the cap. */
  unread: number;
};

/** How likely each answer is. The shares of `ranked`, `newcomer` and `unread` add up to 1. */
export type Posterior<Id> = {
  /** Best first. `bits`: the likelihood ratio that the comparison gave, base 2. */
  ranked: { known: Known<Id>; share: number; bits: number }[];
  newcomer: number;
  /** That it is one of the visitors who share a key with it and were not read. */
  unread: number;
  rarity: Rarity;
  /** Whose scores this one is to be calibrated with. */
  group: string;
};

const MINUTES_A_DAY = 1440;

/** log of how often a day a visitor is to be expected. */
const logReturns = (profile: Profile, { minute }: Portrait, span: number, { returning }: SystemModel): number => {
  const days = Math.max(0, minute - firstMinuteOf(profile)) / MINUTES_A_DAY;
  const due = (visitsOf(profile) + returning.visits) / (days + returning.days);
  return Math.log(due * (returning.recency[span] ?? 1));
};

/**
 * Bayes' rule over {each candidate, a new visitor, the crowd that was not read}. Candidates are weighed by how often they
 * come and by how well they fit; one of the unread crowd is taken to fit as the average candidate does.
 */
export const posteriorOf = <Id>(
  portrait: Portrait,
  candidates: readonly Known<Id>[],
  commonness: Commonness,
  traffic: Traffic,
  model: SystemModel,
): Posterior<Id> => {
  const rarity = rarityOf(commonness, model);
  const compared = emptyComparison();
  const weighed = candidates.map((known) => {
    compare(portrait, known.profile, compared);
    const likelihood = likelihoodOf(compared, known.profile, rarity, model);
    return { known, likelihood, log: likelihood + logReturns(known.profile, portrait, compared.span, model) };
  });
  const newcomerLog = Math.log(Math.max(traffic.newPerDay, 1e-9)) + rarity.logNewcomer;
  const top = weighed.reduce((most, { log }) => Math.max(most, log), newcomerLog);
  const newcomer = Math.exp(newcomerLog - top);
  const parts = weighed.map(({ log }) => Math.exp(log - top));
  const read = parts.reduce((total, part) => total + part, 0);
  // The best candidate was chosen by the visit, not by chance: the crowd is like the others.
  const typical = parts.length < 2 ? read : (read - Math.max(...parts)) / (parts.length - 1);
  const unread = parts.length === 0 ? 0 : typical * traffic.unread;
  const whole = newcomer + read + unread;
  const ranked = weighed
    .map(({ known, likelihood }, at) => ({ known, share: (parts[at] ?? 0) / whole, bits: likelihood / Math.LN2 }))
    .sort((a, b) => b.share - a.share);
  return {
    ranked,
    newcomer: newcomer / whole,
    unread: unread / whole,
    rarity,
    group: calibrationGroup(portrait.os, commonness),
  };
};
