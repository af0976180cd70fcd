import type { Random } from '../population/random.ts';
import type { Weighted } from '../population/weighted.ts';
import { logOf, type Sightings, type Trait, type Traits } from './trait.ts';

type Kind = { image?: boolean; latent?: boolean };
type Spread = (at: Traits) => Weighted;
type Rate = (at: Traits) => number;

const kindOf = ({ image = false, latent = false }: Kind) => ({ image, latent });

/** A trait that is drawn once. */
export const fixed = (spread: Spread, kind: Kind = {}, shown: Spread = spread): Trait =>
  redrawn(spread, () => 0, kind, shown);

/**
 * A trait that is now and then drawn anew from the population: a Markov chain in continuous time whose stationary
 * distribution is the population's, so that first visits late in the simulation look like early ones. `shown` is the
 * distribution of what a browser tells of the value, where it does not tell all.
 */
export const redrawn = (spread: Spread, rate: Rate, kind: Kind = {}, shown: Spread = spread): Trait => ({
  ...kindOf(kind),
  draw: (random, at) => spread(at).draw(random),
  step: (random, at, from, since, time) =>
    random.next() < 1 - Math.exp(-rate(at) * (time - since)) ? spread(at).draw(random) : from,
  logTransition: (at, seen, to, time) => {
    const stay = Math.exp(-rate(at) * (time - seen.time));
    return logOf((to === seen.last ? stay : 0) + (1 - stay) * shown(at).probability(to));
  },
  logPopulation: (at, value) => logOf(shown(at).probability(value)),
});

/** One bit of a set: how many have it, and how often a day that is decided anew. */
export type Flag = { share: (at: Traits) => number; turnover: (at: Traits) => number };

/** A set of things had or not had, as bits, each a chain of two states. */
export const flags = (list: readonly Flag[], kind: Kind = {}): Trait => {
  const anew = (random: Random, at: Traits, bit: Flag, place: number) =>
    random.chance(bit.share(at)) ? 1 << place : 0;
  const sum = (value: (bit: Flag, place: number) => number): number =>
    list.reduce((total, bit, place) => total + value(bit, place), 0);
  const has = (set: number, place: number) => ((set >>> place) & 1) === 1;
  return {
    ...kindOf(kind),
    draw: (random, at) => sum((bit, place) => anew(random, at, bit, place)),
    step: (random, at, from, since, time) =>
      sum((bit, place) =>
        random.next() < 1 - Math.exp(-bit.turnover(at) * (time - since))
          ? anew(random, at, bit, place)
          : from & (1 << place),
      ),
    logTransition: (at, seen, to, time) =>
      sum((bit, place) => {
        const stay = Math.exp(-bit.turnover(at) * (time - seen.time));
        const chance = has(to, place) ? bit.share(at) : 1 - bit.share(at);
        return logOf((has(to, place) === has(seen.last, place) ? stay : 0) + (1 - stay) * chance);
      }),
    logPopulation: (at, value) => sum((bit, place) => logOf(has(value, place) ? bit.share(at) : 1 - bit.share(at))),
  };
};

/**
 * A trait that goes to and fro between a value of its own and one that another, latent trait holds: `other` gives it, or
 * 0 where there is none. Value 0 is its own. `owners` is the share that has another, `away` the share of time spent there.
 */
export type Commute = {
  other: (at: Traits) => number;
  owners: (at: Traits) => number;
  away: number;
  turnover: number;
  others: Spread;
};

export const commuting = ({ other, owners, away, turnover, others }: Commute, kind: Kind = {}): Trait => {
  const anew = (random: Random, at: Traits) => (random.chance(away) ? other(at) : 0);
  const known = (seen: Sightings): number => seen.values.find((value) => value !== 0) ?? 0;
  return {
    ...kindOf(kind),
    draw: (random, at) => anew(random, at),
    step: (random, at, from, since, time) =>
      random.next() < 1 - Math.exp(-turnover * (time - since)) ? anew(random, at) : from,
    logTransition: (at, seen, to, time) => {
      const stay = Math.exp(-turnover * (time - seen.time));
      const second = known(seen);
      if (second !== 0) {
        const drawn = to === 0 ? 1 - away : to === second ? away : 0;
        return logOf((to === seen.last ? stay : 0) + (1 - stay) * drawn);
      }
      // Only its own value was seen so far: there may be another all the same.
      const share = (owners(at) * (1 - away)) / (1 - owners(at) * away);
      const leaves = share * (1 - stay) * away;
      return logOf(to === 0 ? 1 - leaves : leaves * others(at).probability(to));
    },
    logPopulation: (at, value) =>
      logOf(value === 0 ? 1 - owners(at) * away : owners(at) * away * others(at).probability(value)),
  };
};
