import type { Random } from '../population/random.ts';

/**
 * A browser's traits: all that its components are made of, as whole numbers, in the order of `traitNames`. Everything a
 * visit shows follows from them, so their likelihoods are the likelihoods of what was shown.
 */
export type Traits = Int32Array;

/** What has been seen of one trait of one browser. Times in days. */
export type Sightings = {
  /** The latest value seen and when. */
  last: number;
  time: number;
  /** Every value seen so far, in order of first sight. */
  values: readonly number[];
};

/**
 * One attribute's process: how it is drawn, how it moves, and how likely each move is. `at` holds the traits that come
 * before it in the order, its parents; times are days since the epoch. Rates are a day.
 */
export type Trait = {
  /** Whether all clones of a fleet share it, and keep it: part of the image they were made from. */
  image: boolean;
  /** Whether no visit shows it: it only shapes the traits after it. */
  latent: boolean;
  /** The value of a browser or device that is drawn anew. */
  draw(random: Random, at: Traits, time: number): number;
  /** The value at `time` of one that was `from` at `since`. */
  step(random: Random, at: Traits, from: number, since: number, time: number): number;
  /**
   * Natural logarithm of the chance that a browser shows `to` at `time`, given what was seen of it. Rests on nothing that
   * was not seen. `at` are the traits that the browser shows with it.
   */
  logTransition(at: Traits, seen: Sightings, to: number, time: number): number;
  /** Natural logarithm of the chance that a browser drawn anew shows `value` at `time`, given its parents. */
  logPopulation(at: Traits, value: number, time: number): number;
};

/** What keeps a likelihood from being zero: nothing is impossible. */
export const FLOOR = 1e-7;

export const logOf = (chance: number): number => Math.log(Math.max(FLOOR, chance));
