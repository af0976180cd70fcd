import { type Crowd, networkPart, newcomerAt, returnAt } from '../drift/address-truth.ts';
import { DAY, FIRST_DAY } from '../drift/releases.ts';
import type { Trait, Traits } from '../drift/trait.ts';
import { T, traitNames } from '../drift/trait-names.ts';
import { countryShown, createTraits } from '../drift/traits.ts';
import { nth } from '../population/weighted.ts';
import type { Scenario } from '../scenario.ts';
import { HIDDEN, type SimulatedVisit } from '../visits/simulated-visit.ts';
import { type KnownBrowser, type Look, lookTraits, neverDiffer } from './known-browsers.ts';

/** Traits in the order in which they are weighed, those first that tell most people apart. What never differs is certain. */
const early = [T.version, T.osVersion, T.software, T.timezone, T.screen, T.accessibility, T.settings, T.panel];
const weighed = [
  ...early,
  ...lookTraits,
  ...[...traitNames.keys()].filter((place) => ![...neverDiffer, ...early, ...lookTraits].includes(place)),
];

/** The least share of visits through networks not seen yet, as `returnAt` has it. */
const UNSEEN = 0.02;

/** The true likelihoods of one visit, for whomever it may belong to. In natural logarithms. */
export class VisitLikelihoods {
  readonly #table: readonly Trait[];
  readonly #visit: SimulatedVisit;
  readonly #at: Traits;
  readonly #day: number;
  readonly #shown: readonly number[];
  /** For each trait of a look: the value shown, and the most that a change to it can count. */
  readonly #changes: readonly { value: number; most: number }[];
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
    this.#changes = lookTraits.map((place) => {
      const value = nth(shown, place);
      return { value, most: value === HIDDEN ? 0 : this.#change(place, value) };
    });
  }

  /**
   * The likelihood of a change to a value. Such a trait is drawn anew at a rate, so a change is the likelier the longer ago the
   * other value was seen: one seen on the simulation's first day bounds all others.
   */
  #change(place: number, value: number): number {
    const seen = { last: value + 1, time: FIRST_DAY, values: [value + 1] };
    return nth(this.#table, place).logTransition(this.#at, seen, value, this.#day);
  }

  /** The most that the traits of a look can count, at the price of a few comparisons. One not seen yet counts as certain. */
  lookBound({ values }: Look): number {
    let sum = 0;
    for (let at = 0; at < values.length; at++) {
      const last = nth(values, at);
      const { value, most } = nth(this.#changes, at);
      if (last !== value && last !== HIDDEN) sum += most;
    }
    return sum;
  }

  /** The most that the address can count: who was not seen there comes as a newcomer does, or draws it from its operator's pool. */
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
      sum +=
        seen === undefined
          ? trait.logPopulation(this.#at, value, this.#day)
          : trait.logTransition(this.#at, seen, value, this.#day);
    }
    return sum;
  }
}

/** The processes of a scenario, in the order of their names. */
export const processesOf = (scenario: Scenario): readonly Trait[] => {
  const traits = createTraits(scenario);
  return traitNames.map((name) => traits[name]);
};
