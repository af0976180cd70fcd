import { type AttributeName, attributeNames } from './attributes.ts';
import { type Compared, outcomes } from './compare.ts';
import type { Commonness } from './frequencies.ts';
import { logOdds } from './log-odds.ts';
import { countEarlier, type Profile, visitsOf } from './profile.ts';

/** A posterior as it is judged: its best candidate, beside the visit, and what else may be true. Times in days. */
export type BestFit = {
  profile: Profile;
  /** Of the best candidate and of the one after it, 0..1. */
  share: number;
  runnerUp: number;
  /** Of others who were seen at an address of the best one: other ids of the same browser, or its neighbours. */
  kin: number;
  newcomer: number;
  unread: number;
  /** The likelihood ratio of the comparison, base 2. */
  bits: number;
  compared: Compared;
  commonness: Commonness;
  /** How much likelier the configuration is for a newcomer than its values; that a returning visitor brings no token. */
  logNewcomer: number;
  logMissing: number;
  age: number;
  gap: number;
};

const addressAt = attributeNames.indexOf('address' satisfies AttributeName);
const networkAt = attributeNames.indexOf('network' satisfies AttributeName);

const is = (compared: Compared, at: number, outcome: number): number => Number(compared.outcomes[at] === outcome);

/** Attributes of the device that moved. */
const movedOf = ({ outcomes: shown }: Compared): number => {
  let moved = 0;
  for (let at = 0; at < shown.length; at++) {
    if (shown[at] === outcomes.moved && at !== addressAt && at !== networkAt) moved++;
  }
  return moved;
};

/**
 * What tells how far a link is to be believed, beside its share. The share alone errs in ways that can be seen: it is divided
 * among the ids of one browser that was once not recognised, it takes those who were not read for average, and attributes are
 * not quite independent. Reliability is learnt by this order: a new sign goes to the end.
 */
export const signs = {
  share: ({ share }) => logOdds(share),
  runnerUp: ({ share, runnerUp }) => logOdds(runnerUp / (share + runnerUp)),
  newcomer: ({ newcomer }) => logOdds(newcomer),
  unread: ({ unread }) => logOdds(unread),
  bits: ({ bits }) => bits,
  /** Visitors of this configuration: among all, and at the visit's address. */
  alike: ({ commonness }) => Math.log1p(commonness.configuration.count),
  alikeHere: ({ commonness }) => Math.log1p(commonness.place.count),
  logNewcomer: ({ logNewcomer }) => logNewcomer,
  logMissing: ({ logMissing }) => logMissing,
  visits: ({ profile }) => Math.log(visitsOf(profile)),
  age: ({ age }) => Math.log1p(age),
  gap: ({ gap }) => Math.log1p(gap),
  moved: ({ compared }) => movedOf(compared),
  addressAgreed: ({ compared }) => is(compared, addressAt, outcomes.agreed),
  addressMoved: ({ compared }) => is(compared, addressAt, outcomes.moved),
  networkSeen: ({ compared }) => is(compared, networkAt, outcomes.seen),
  networkMoved: ({ compared }) => is(compared, networkAt, outcomes.moved),
  /** Other addresses and networks that are remembered: of one life, or of two. */
  addresses: ({ profile }) => countEarlier(profile, addressAt),
  networks: ({ profile }) => countEarlier(profile, networkAt),
  /** The best one together with its kin, and all who are neither. */
  kin: ({ share, kin }) => logOdds(share + kin),
  others: ({ share, kin, newcomer, unread }) => logOdds(1 - share - kin - newcomer - unread),
} as const satisfies Record<string, (fit: BestFit) => number>;

export type SignName = keyof typeof signs;

export const signNames = Object.keys(signs) as SignName[];

/** All signs, in the registry's order. */
export const signsOf = (fit: BestFit): number[] => signNames.map((name) => signs[name](fit));
