import { describe, expect, it } from 'vitest';
import { Random } from '../population/random.ts';
import { nth } from '../population/weighted.ts';
import { scenarios } from '../scenario.ts';
import { osNames } from '../visits/simulated-visit.ts';
import { FIRST_DAY } from './releases.ts';
import { ALL_TRAITS, T, type TraitName, traitNames } from './trait-names.ts';
import { createTraits } from './traits.ts';

const table = createTraits(scenarios['web-mix']);
const random = new Random(5, 'traits');

const drawn = (time: number): Int32Array => {
  const at = new Int32Array(ALL_TRAITS);
  traitNames.forEach((name, place) => {
    at[place] = table[name].draw(random, at, time);
  });
  return at;
};

/** Traits with few enough values to sum over, and those values. */
const SMALL: Partial<Record<TraitName, number>> = {
  media: 5,
  frame: 60,
  region: 13,
  textSize: 62,
  zoom: 12,
  blocker: 16,
  screen: 40,
  settings: 8,
  accessibility: 32,
  version: 60,
  osVersion: 60,
};

const sumOf = (count: number, log: (value: number) => number): number =>
  Array.from({ length: count }, (_, value) => Math.exp(log(value))).reduce((sum, chance) => sum + chance, 0);

describe('traits', () => {
  it.each(Object.entries(SMALL))('%s: likelihoods add up to one', (name, count) => {
    const trait = table[name as TraitName];
    for (let each = 0; each < 20; each++) {
      const at = drawn(FIRST_DAY);
      const last = nth(at, T[name as TraitName]);
      const seen = { last, time: FIRST_DAY, values: [last] };
      expect(sumOf(count, (value) => trait.logPopulation(at, value, FIRST_DAY))).toBeCloseTo(1, 2);
      expect(sumOf(count, (value) => trait.logTransition(at, seen, value, FIRST_DAY + 20))).toBeCloseTo(1, 2);
    }
  });

  it.each(['media', 'zoom', 'screen', 'version', 'osVersion'] as const)('%s moves as its likelihood says', (name) => {
    const [trait, days, tries] = [table[name], 25, 4000];
    let stayed = 0;
    let expected = 0;
    for (let each = 0; each < tries; each++) {
      const at = drawn(FIRST_DAY);
      // There the version is the system's, which nobody moves here.
      if (name === 'version' && osNames[nth(at, T.os)] === 'iOS') continue;
      const from = nth(at, T[name]);
      const seen = { last: from, time: FIRST_DAY, values: [from] };
      expected += Math.exp(trait.logTransition(at, seen, from, FIRST_DAY + days));
      if (trait.step(random, at, from, FIRST_DAY, FIRST_DAY + days) === from) stayed++;
    }
    expect(Math.abs(stayed - expected) / tries).toBeLessThan(0.03);
  });

  it('never takes a version back', () => {
    for (let each = 0; each < 300; each++) {
      const at = drawn(FIRST_DAY);
      const from = nth(at, T.version);
      expect(table.version.step(random, at, from, FIRST_DAY, FIRST_DAY + 3)).toBeGreaterThanOrEqual(from);
    }
  });
});
