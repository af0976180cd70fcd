import { countryOfZone } from '../population/countries.ts';
import { nth } from '../population/weighted.ts';
import type { Scenario } from '../scenario.ts';
import { HIDDEN, type SimulatedVisit } from '../visits/simulated-visit.ts';
import { type Crowd, newcomerAt, type PlaceSeen, placesWith, returnAt } from './address-truth.ts';
import { DAY } from './releases.ts';
import { logOf, type Sightings, type Trait, type Traits } from './trait.ts';
import { T, type TraitName, traitNames } from './trait-names.ts';
import { createTraits } from './traits.ts';

/** What somebody who watches every visit knows of one browser: nothing but what it showed. */
export type Memory = { traits: readonly (Sightings | undefined)[]; places: readonly PlaceSeen[] };

/** A trait's part in a likelihood, in natural logarithms. */
export type TraitLikelihoods = { [Name in TraitName]?: number };

const sighting = (before: Sightings | undefined, value: number, time: number): Sightings | undefined => {
  if (value === HIDDEN) return before;
  if (before === undefined) return { last: value, time, values: [value] };
  const values = before.values.includes(value) ? before.values : [...before.values, value];
  return { last: value, time, values };
};

/** The parents of a visit's traits as far as they show: the country is that of the zone, nobody is known for a clone. */
const contextOf = ({ truth: { shown } }: SimulatedVisit): Traits => {
  const at = shown.slice();
  at[T.country] = countryOfZone[nth(shown, T.timezone)] ?? 0;
  at[T.fleet] = 0;
  return at;
};

/**
 * The true likelihoods of a scenario, for an oracle. It knows every process and every rate, and of each browser only what
 * was seen: so it is the ceiling of what any matcher can reach. Approximate in two places, both told in README.md: the
 * spread of newcomers over addresses, and the habits that a browser has not shown yet.
 */
export class Truth {
  private readonly table: readonly Trait[];
  private readonly visitors: number;

  /** `visitors` is how many take part in the simulation, which says how likely a clone of a given fleet is. */
  constructor(scenario: Scenario, visitors: number) {
    const traits = createTraits(scenario);
    this.table = traitNames.map((name) => traits[name]);
    this.visitors = visitors;
  }

  /** What is known of a browser after a visit. */
  remember(memory: Memory | undefined, visit: SimulatedVisit): Memory {
    const time = visit.time / DAY;
    return {
      traits: traitNames.map((_, place) => sighting(memory?.traits[place], nth(visit.truth.shown, place), time)),
      places: placesWith(memory?.places ?? [], visit),
    };
  }

  /** Log-likelihood of each trait of a visit, given what was seen of a browser. A trait not seen before is the population's. */
  transitions(memory: Memory, visit: SimulatedVisit): TraitLikelihoods {
    const at = contextOf(visit);
    const time = visit.time / DAY;
    return this.each(visit, (trait, place, value) => {
      const seen = memory.traits[place];
      return seen === undefined ? trait.logPopulation(at, value, time) : trait.logTransition(at, seen, value, time);
    });
  }

  /** Log-likelihood of each trait of a visit, for a browser drawn anew that is no clone. */
  populations(visit: SimulatedVisit): TraitLikelihoods {
    const at = contextOf(visit);
    return this.each(visit, (trait, _, value) => trait.logPopulation(at, value, visit.time / DAY));
  }

  /** log P(visit | the browser of which this was seen). */
  logTransition(memory: Memory, visit: SimulatedVisit, crowd: Crowd): number {
    return sum(this.transitions(memory, visit)) + Math.log(returnAt(memory.places, visit, crowd));
  }

  /**
   * log P(visit | a browser never seen before): drawn from the population, or one more clone of the fleet whose image the
   * visit shows.
   */
  logPopulation(visit: SimulatedVisit, crowd: Crowd): number {
    const parts = this.populations(visit);
    const alone = sum(parts) + Math.log(newcomerAt(visit, crowd));
    if (visit.fleet === null) return alone;
    const own = traitNames.reduce(
      (total, name, place) => total + (nth(this.table, place).image ? 0 : (parts[name] ?? 0)),
      0,
    );
    const clone = Math.log(visit.fleet.size / this.visitors) + own + Math.log(visit.truth.place.share);
    const address = visit.truth.place.kind === 'office' ? 0 : Math.log(newcomerAt(visit, crowd));
    const most = Math.max(alone, clone + address);
    return most + Math.log(Math.exp(alone - most) + Math.exp(clone + address - most));
  }

  private each(
    visit: SimulatedVisit,
    likelihood: (trait: Trait, place: number, value: number) => number,
  ): TraitLikelihoods {
    const parts: TraitLikelihoods = {};
    traitNames.forEach((name, place) => {
      const value = nth(visit.truth.shown, place);
      if (value !== HIDDEN) parts[name] = Math.max(logOf(0), likelihood(nth(this.table, place), place, value));
    });
    return parts;
  }
}

const sum = (parts: TraitLikelihoods): number => Object.values(parts).reduce((total, part) => total + part, 0);
