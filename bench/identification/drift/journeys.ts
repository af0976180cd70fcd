import { nth, type Weighted } from '../population/weighted.ts';
import { logOf, type Trait, type Traits } from './trait.ts';

/** Who travels, how often a day a journey starts and ends, and where it leads to. */
export type Journeys = {
  /** The zone at home: a latent trait's place, and how zones spread among newcomers of a country. */
  home: number;
  homes: (at: Traits) => Weighted;
  departures: number;
  returns: number;
  destinations: Weighted;
};

/**
 * The zone that a device is in: a chain between home and away, with a new destination for each journey. With departures
 * at rate d and returns at rate r, the chance to be away after t days at home is (1 - e^-(d+r)t) d/(d+r), and to be still
 * on the same journey e^-rt.
 */
export const journeys = ({ home, homes, departures, returns, destinations }: Journeys): Trait => {
  const away = departures / (departures + returns);
  const mixed = (days: number) => 1 - Math.exp(-(departures + returns) * days);
  const population = (at: Traits, zone: number) =>
    (1 - away) * homes(at).probability(zone) + away * destinations.probability(zone);
  return {
    image: false,
    latent: false,
    draw: (random, at) => (random.chance(away) ? destinations.draw(random) : nth(at, home)),
    step: (random, at, from, since, time) => {
      const days = time - since;
      const base = nth(at, home);
      if (from === base) return random.chance(mixed(days) * away) ? destinations.draw(random) : base;
      if (random.chance(Math.exp(-returns * days))) return from;
      const stillAway = Math.exp(-returns * days);
      const awayNow = away + (1 - away) * (1 - mixed(days));
      return random.chance((awayNow - stillAway) / (1 - stillAway)) ? destinations.draw(random) : base;
    },
    logTransition: (at, seen, to, time) => {
      const days = time - seen.time;
      const [first = seen.last] = seen.values;
      // The zone seen first was home with this chance; with the rest, it was a journey's.
      const leaves = mixed(days) * away;
      const sameJourney = Math.exp(-returns * days);
      if (seen.last === first) {
        const back = away * (1 - sameJourney) * homes(at).probability(to);
        return logOf(to === first ? 1 - leaves : (1 - away) * leaves * destinations.probability(to) + back);
      }
      const awayNow = away + (1 - away) * (1 - mixed(days));
      const elsewhere = (awayNow - sameJourney) * destinations.probability(to);
      return logOf((to === seen.last ? sameJourney : 0) + (to === first ? 1 - awayNow : 0) + elsewhere);
    },
    logPopulation: (at, value) => logOf(population(at, value)),
  };
};
