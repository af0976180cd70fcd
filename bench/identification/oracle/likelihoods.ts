import { type Crowd, networkPart, newcomerAt, returnAt } from '../drift/address-truth.ts';
import { DAY, FIRST_DAY } from '../drift/releases.ts';
import { logOf, type Sightings, type Trait, type Traits } from '../drift/trait.ts';
import { T, traitNames } from '../drift/trait-names.ts';
import { countryShown, createTraits } from '../drift/traits.ts';
import { nth } from '../population/weighted.ts';
import type { Scenario } from '../scenario.ts';
import { HIDDEN, type SimulatedVisit } from '../visits/simulated-visit.ts';
import { type KnownBrowser, type Look, lookTraits, neverDiffer } from './known-browsers.ts';

/** Traits in the order in which they are weighed: those of a look tell most people apart. What never differs is certain. */
const weighed = [
  ...lookTraits,
  ...[...traitNames.keys()].filter((place) => ![...neverDiffer, ...lookTraits].some((other) => other === place)),
];

/** Versions never go back, and how fast they go on cannot be bounded by when the last was seen. */
const versions: readonly number[] = [T.version, T.osVersion];

/** Traits that are sets of bits, each with its own rate. */
const sets: readonly number[] = [T.software, T.accessibility, T.settings];

/** The least that a trait can count, as `Truth` has it. */
const LEAST = logOf(0);

/** The least share of visits through networks not seen yet, as `returnAt` has it. */
const UNSEEN = 0.02;

/** The true likelihoods of one visit, for whomever it may belong to. In natural logarithms. */
export class VisitLikelihoods {
  readonly #table: readonly Trait[];
  readonly #visit: SimulatedVisit;
  readonly #at: Traits;
  readonly #day: number;
  readonly #shown: readonly number[];
  /** For each trait of a look: the most that it can count, by the mark of what was seen of it. */
  readonly #most: readonly Map<number, number>[] = lookTraits.map(() => new Map());
  readonly #crowd: Crowd;
  readonly #address: string;
  readonly #newcomer: number;

  constructor(table: readonly Trait[], visit: SimulatedVisit, crowd: Crowd) {
    this.#table = table;
    this.#visit = visit;
    this.#crowd = crowd;
    this.#address = networkPart(visit.address);
    this.#newcomer = newcomerAt(visit, crowd);
    this.#day = visit.time / DAY;
    const { shown } = visit.truth;
    this.#at = shown.slice();
    // As in Truth: the country is what the zone speaks for, and nobody is known for a clone.
    this.#at[T.country] = countryShown(nth(shown, T.timezone));
    this.#at[T.fleet] = 0;
    this.#shown = weighed.filter((place) => nth(shown, place) !== HIDDEN);
  }

  /**
   * The most that a trait can count: nothing is lost by one that is the same, hidden, or not seen yet. A change is the likelier
   * the longer ago the other value was seen, so one seen on the simulation's first day bounds all others. Where a set's other
   * bits have stayed, which is the less likely the longer ago, that part is taken out again.
   */
  #mostOf(place: number, seen: Sightings | undefined): number {
    const value = nth(this.#visit.truth.shown, place);
    if (seen === undefined || value === HIDDEN || value === seen.last) return 0;
    if (versions.includes(place)) return value < seen.last ? LEAST : 0;
    const trait = nth(this.#table, place);
    const change = trait.logTransition(this.#at, { ...seen, time: FIRST_DAY }, value, this.#day);
    if (!sets.includes(place)) return Math.max(LEAST, change);
    const stay = trait.logTransition(this.#at, { last: value, time: FIRST_DAY, values: [value] }, value, this.#day);
    return Math.max(LEAST, change - stay);
  }

  /** The most that the traits of a look can count, at the price of a few comparisons. Stops below `least`. */
  lookBound({ marks, seen }: Look, least: number): number {
    let sum = 0;
    for (let at = 0; at < marks.length && sum >= least; at++) {
      const known = nth(this.#most, at);
      const mark = nth(marks, at);
      let most = known.get(mark);
      if (most === undefined) {
        most = this.#mostOf(nth(lookTraits, at), seen[at]);
        known.set(mark, most);
      }
      sum += most;
    }
    return sum;
  }

  /** The most that the address can count for anybody who was not seen there. `pool`: the least that its operator draws from. */
  elsewhereBound(pool: number): number {
    return Math.log(1 / pool + this.#newcomer);
  }

  /** The same for one browser: who was not seen there comes as a newcomer does, or draws it from its operator's pool. */
  addressBound({ memory: { places } }: KnownBrowser): number {
    const { asn } = this.#visit.network;
    let seen = 0;
    let drawn = 0;
    for (const { asn: known, address, share, pool } of places) {
      seen += share;
      if (known !== asn) continue;
      if (address === this.#address) return 0;
      drawn += share / pool;
    }
    return Math.log((drawn + Math.max(UNSEEN, 1 - seen) * this.#newcomer) / Math.max(1, seen + UNSEEN));
  }

  /**
   * log P(visit | that browser); what never differs is certain. Gives up below `least`, and then returns minus infinity:
   * every part is a logarithm of a chance, so the sum only falls.
   */
  of({ memory }: KnownBrowser, least: number): number {
    let sum = Math.log(returnAt(memory.places, this.#visit, this.#crowd));
    for (const place of this.#shown) {
      if (sum < least) return Number.NEGATIVE_INFINITY;
      const value = nth(this.#visit.truth.shown, place);
      const seen = memory.traits[place];
      const trait = nth(this.#table, place);
      const part =
        seen === undefined
          ? trait.logPopulation(this.#at, value, this.#day)
          : trait.logTransition(this.#at, seen, value, this.#day);
      sum += Math.max(LEAST, part);
    }
    return sum;
  }
}

/** The processes of a scenario, in the order of their names. */
export const processesOf = (scenario: Scenario): readonly Trait[] => {
  const traits = createTraits(scenario);
  return traitNames.map((name) => traits[name]);
};
