import { nth, type Weighted } from '../population/weighted.ts';
import type { ReleaseTrain } from './releases.ts';
import { logOf, type Trait, type Traits } from './trait.ts';

/** How fast somebody updates: the rate a day of the moments at which the newest release is taken. */
export type Pace = { share: number; rate: number };

export type Updating = {
  train: (at: Traits) => ReleaseTrain;
  paces: (at: Traits) => readonly Pace[];
  /** The latent trait that holds the pace. */
  pace: number;
  /** How the paces spread, as drawn by that trait. */
  spread?: Weighted;
};

const dayOf = (train: ReleaseTrain, place: number): number =>
  place <= 0 ? Number.NEGATIVE_INFINITY : (train[place]?.day ?? Number.POSITIVE_INFINITY);

/** The place of the newest release on a day; the oldest before the first. */
export const newestAt = (train: ReleaseTrain, day: number): number => {
  let place = train.length - 1;
  while (place > 0 && dayOf(train, place) > day) place--;
  return place;
};

/** The chance that the last moment of updating before `time` fell into the days that `place` was the newest, after `since`. */
const tookIt = (train: ReleaseTrain, place: number, since: number, time: number, rate: number): number => {
  const from = Math.max(since, dayOf(train, place));
  const until = Math.min(time, dayOf(train, place + 1));
  return until <= from ? 0 : Math.exp(-rate * (time - until)) - Math.exp(-rate * (time - from));
};

/**
 * Versions along a train of releases. Moments of updating come at a rate of the device's own (a Poisson process), and each
 * takes what is newest then: so releases spread over days, versions only grow, and slow updaters skip some. The pace
 * is hidden; the version seen last tells of it by Bayes' rule.
 */
export const updating = ({ train, paces, pace }: Updating): Trait => {
  const population = (at: Traits, place: number, time: number, rate: number) =>
    tookIt(train(at), place, Number.NEGATIVE_INFINITY, time, rate);
  const rateOf = (at: Traits) => nth(paces(at), nth(at, pace)).rate;
  return {
    image: false,
    latent: false,
    draw: (random, at, time) => newestAt(train(at), time - random.exponential(rateOf(at))),
    step: (random, at, from, since, time) => {
      const age = random.exponential(rateOf(at));
      return age >= time - since ? from : Math.max(from, newestAt(train(at), time - age));
    },
    logTransition: (at, seen, to, time) => {
      let known = 0;
      let chance = 0;
      for (const { share, rate } of paces(at)) {
        const weight = share * population(at, seen.last, seen.time, rate);
        const stays = to === seen.last ? Math.exp(-rate * (time - seen.time)) : 0;
        known += weight;
        chance += weight * (stays + (to < seen.last ? 0 : tookIt(train(at), to, seen.time, time, rate)));
      }
      return logOf(known > 0 ? chance / known : 0);
    },
    logPopulation: (at, value, time) =>
      logOf(paces(at).reduce((sum, { share, rate }) => sum + share * population(at, value, time, rate), 0)),
  };
};
