import { describe, expect, it } from 'vitest';
import { networkPart } from '../drift/address-truth.ts';
import { DAY, FIRST_DAY } from '../drift/releases.ts';
import { type Memory, Truth } from '../drift/truth.ts';
import { scenarios } from '../scenario.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';
import { simulate } from '../visits/simulation.ts';
import { neverDiffer } from './known-browsers.ts';
import { Oracle } from './oracle.ts';
import { expectedNow, newcomersNow, type Rhythm, rhythmAfter } from './rhythm.ts';

const scenario = scenarios['web-mix'];
const world = { visitors: 250, days: 40, seed: 4 };
const visits = [...simulate(scenario, world)];

/**
 * The same posterior by plain Bayes' rule over everybody of the same system, browser and make: others cannot be it, though
 * `Truth` floors their chance at one in ten million.
 */
class PlainOracle {
  readonly #truth = new Truth(scenario, world.visitors);
  readonly #known = new Map<number, { memory: Memory; rhythm: Rhythm }>();
  readonly #addresses = new Map<string, Set<number>>();

  posterior(visit: SimulatedVisit): { best: number | undefined; share: number; newcomer: number } {
    const day = visit.time / DAY;
    const crowd = {
      atAddress: this.#addresses.get(networkPart(visit.address))?.size ?? 0,
      known: this.#known.size,
    };
    const rate = newcomersNow(world.visitors, Math.max(0, day - FIRST_DAY), world.days);
    const newcomer = Math.exp(Math.log(rate) + this.#truth.logPopulation(visit, crowd));
    let whole = newcomer;
    let best: number | undefined;
    let most = 0;
    for (const [browser, { memory, rhythm }] of this.#known) {
      if (neverDiffer.some((place) => memory.traits[place]?.last !== visit.truth.shown[place])) continue;
      const part = expectedNow(rhythm, day) * Math.exp(this.#truth.logTransition(memory, visit, crowd));
      whole += part;
      if (part > most) [best, most] = [browser, part];
    }
    return { best, share: most / whole, newcomer: newcomer / whole };
  }

  learn(visit: SimulatedVisit): void {
    const before = this.#known.get(visit.browser);
    const memory = this.#truth.remember(before?.memory, visit);
    this.#known.set(visit.browser, { memory, rhythm: rhythmAfter(before?.rhythm, visit.time / DAY) });
    const address = networkPart(visit.address);
    this.#addresses.set(address, (this.#addresses.get(address) ?? new Set()).add(visit.browser));
  }
}

describe('Oracle', { timeout: 30_000 }, () => {
  it('says what plain Bayes says: what it leaves out does not count', () => {
    const oracle = new Oracle(scenario, { ...world, threshold: 0.8, memory: 'told' });
    const plain = new PlainOracle();
    let links = 0;
    for (const visit of visits) {
      const expected = plain.posterior(visit);
      const { found, confidence } = oracle.answer(visit);
      expect(found).toBe(expected.share >= 0.8);
      expect(confidence).toBeCloseTo(found ? expected.share : expected.newcomer, 4);
      links += Number(found);
      plain.learn(visit);
    }
    expect(links).toBeGreaterThan(visits.length / 2);
  });

  it('says of a sample of visits what it would have said of them among all, and learns from the others', () => {
    const options = { ...world, threshold: 0.8, memory: 'told' } as const;
    const [all, some] = [
      new Oracle(scenario, options),
      new Oracle(scenario, { ...options, sample: { share: 0.2, seed: 4 } }),
    ];
    let asked = 0;
    for (const visit of visits) {
      const [whole, part] = [all.answer(visit), some.answer(visit)];
      if (part.asked === false) continue;
      asked++;
      expect(part.found).toBe(whole.found);
      expect(part.confidence).toBe(whole.confidence);
      if (whole.found) expect(part.id).toBe(whole.id);
    }
    expect(asked / visits.length).toBeGreaterThan(0.15);
    expect(asked / visits.length).toBeLessThan(0.25);
  });

  it('must answer all visits where it believes its own answers', () => {
    const options = { ...world, threshold: 0.8, memory: 'alone', sample: { share: 0.2, seed: 4 } } as const;
    expect(() => new Oracle(scenario, options)).toThrow(RangeError);
  });

  it('gives ids that were there where it finds somebody, and new ones where not', () => {
    const oracle = new Oracle(scenario, { ...world, threshold: 0.8, memory: 'alone' });
    const given = new Set<number>();
    for (const visit of visits) {
      const { id, found } = oracle.answer(visit);
      expect(given.has(id)).toBe(found);
      given.add(id);
    }
  });

  it('links less often the surer it must be', () => {
    const links = [0.5, 0.8, 0.99].map((threshold) => {
      const oracle = new Oracle(scenario, { ...world, threshold, memory: 'told' });
      return visits.filter((visit) => oracle.answer(visit).found).length;
    });
    expect(links).toEqual([...links].sort((a, b) => b - a));
    expect(links[0]).toBeGreaterThan(links[2] ?? 0);
  });
});

describe('rhythms', () => {
  it('expect a browser the less the longer it is silent, and the more the oftener it came', () => {
    const often = [1, 2, 3].reduce<Rhythm>((rhythm, day) => rhythmAfter(rhythm, day), rhythmAfter(undefined, 0));
    const once = rhythmAfter(undefined, 3);
    const hazards = [3.01, 3.1, 4, 10, 60].map((day) => expectedNow(often, day));
    expect(hazards).toEqual([...hazards].sort((a, b) => b - a));
    expect(expectedNow(often, 5)).toBeGreaterThan(expectedNow(once, 5));
  });

  it('expect about as many newcomers as there are browsers', () => {
    const days = Array.from({ length: 90 }, (_, day) => newcomersNow(1000, day + 0.5, 90));
    expect(days.reduce((sum, count) => sum + count, 0)).toBeCloseTo(1000, -2);
  });
});
