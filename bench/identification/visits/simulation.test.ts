import { sourceSchemas } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { Truth } from '../drift/truth.ts';
import { type Scenario, scenarios } from '../scenario.ts';
import type { SimulatedVisit } from './simulated-visit.ts';
import { simulate } from './simulation.ts';

const run = (scenario: Scenario, visitors: number, seed = 1, days = 90): SimulatedVisit[] => [
  ...simulate(scenario, { visitors, seed, days }),
];

const mixed = run(scenarios['web-mix'], 1200);

const shareOf = (visits: SimulatedVisit[], passes: (visit: SimulatedVisit) => boolean): number =>
  visits.filter(passes).length / visits.length;

describe('simulate', () => {
  it('gives the same visits for the same seed and others for another', () => {
    const some = (seed: number) => JSON.stringify(run(scenarios.easy, 60, seed, 20));
    expect(some(4)).toBe(some(4));
    expect(some(4)).not.toBe(some(5));
  });

  it('comes in order of time, with new browsers to the end', () => {
    const last = mixed.at(-1)?.time ?? 0;
    const seen = new Set<number>();
    let late = 0;
    mixed.forEach(({ time, browser }, place) => {
      expect(time).toBeGreaterThanOrEqual(mixed[place - 1]?.time ?? 0);
      if (!seen.has(browser) && time > last - 20 * 86_400_000) late++;
      seen.add(browser);
    });
    expect(late / seen.size).toBeGreaterThan(0.08);
  });

  it('sends what the contract allows', () => {
    const validators = new Map(Object.entries(sourceSchemas).map(([name, schema]) => [name, Compile(schema)]));
    for (const { components } of mixed.filter((_, place) => place % 97 === 0)) {
      for (const [name, component] of Object.entries(components)) {
        if (!('value' in component)) continue;
        expect(validators.get(name)?.Check(component.value), name).toBe(true);
      }
    }
  });

  it('reads as the browser that it is', () => {
    const names = new Map(mixed.map((visit) => [visit.browserFamily, visit.browserDetails.browserName]));
    expect(names.get('Edge')).toMatch(/^Edge/);
    expect(names.get('Firefox')).toMatch(/^Firefox/);
    expect(names.get('Samsung Internet')).toBe('Samsung Internet');
    expect(names.get('Brave')).toBe('Brave');
  });

  it('mixes systems, private windows and tokens as declared', () => {
    expect(shareOf(mixed, (visit) => visit.private)).toBeGreaterThan(0.02);
    expect(shareOf(mixed, (visit) => visit.private)).toBeLessThan(0.09);
    expect(shareOf(mixed, (visit) => visit.os === 'iOS')).toBeGreaterThan(0.14);
    expect(mixed.every(({ token, private: isPrivate }) => !isPrivate || token === 'none')).toBe(true);
    expect(mixed.every(({ token, tokenOf, browser }) => tokenOf === (token === 'kept' ? browser : null))).toBe(true);
  });

  it('marks noise as the agent does, and gives another at each session', () => {
    const brave = mixed.filter((visit) => visit.browserFamily === 'Brave');
    expect(brave.length).toBeGreaterThan(0);
    for (const { components } of brave) expect(components.canvas).toHaveProperty('noised', true);
  });

  it('makes clones that nothing but habits tells apart', () => {
    const clones = mixed.filter((visit) => visit.fleet !== null);
    const fonts = new Map<number, Set<string>>();
    for (const { truth, components } of clones) {
      const known = fonts.get(truth.fleet) ?? new Set();
      fonts.set(truth.fleet, known.add(JSON.stringify(components.fonts)));
    }
    expect(clones.length).toBeGreaterThan(0);
    for (const sets of fonts.values()) expect(sets.size).toBe(1);
  });

  it('floods a hostile world with profiles that bring copied tokens', () => {
    const hostile = run(scenarios.hostile, 1500, 1, 30);
    expect(hostile.some(({ token, tokenOf, browser }) => token === 'kept' && tokenOf !== browser)).toBe(true);
  });

  it('copies storage in a hostile world: of any browser, and of one of the same kind', () => {
    const kinds = new Map<number, string>();
    const hostile = run({ ...scenarios.hostile, flood: { share: 0, copiedTokens: 0 } }, 1500, 1, 30);
    for (const { browser, os, browserFamily } of hostile) kinds.set(browser, `${os}/${browserFamily}`);
    const copied = hostile.filter(({ token, tokenOf, browser }) => token === 'kept' && tokenOf !== browser);
    expect(copied.some((visit) => visit.private)).toBe(false);
    const ordinary = hostile.filter((visit) => !visit.private);
    const { visits, alike } = scenarios.hostile.copying;
    expect(copied.length / ordinary.length / visits).toBeGreaterThan(0.7);
    expect(copied.length / ordinary.length / visits).toBeLessThan(1.2);
    const same = copied.filter(({ browser, tokenOf }) => kinds.get(tokenOf ?? -1) === kinds.get(browser));
    expect(same.length / copied.length).toBeGreaterThan(alike);
    expect(same.length / copied.length).toBeLessThan(0.9);
  });

  it('changes nothing but tokens where storage is copied', () => {
    const without = { ...scenarios.hostile, copying: { visits: 0, alike: 0 } };
    const shown = (scenario: Scenario) =>
      run(scenario, 150, 4, 20).map(({ token: _, tokenOf: __, ...visit }) => JSON.stringify(visit));
    expect(shown(scenarios.hostile)).toEqual(shown(without));
  });
}, 120_000);

describe('Truth', () => {
  it('prefers the browser itself to a stranger, nearly always', () => {
    const truth = new Truth(scenarios['web-mix'], 1200);
    const memories = new Map<number, ReturnType<Truth['remember']>>();
    let [returns, right] = [0, 0];
    for (const visit of mixed) {
      const memory = memories.get(visit.browser);
      const crowd = { atAddress: 0, known: memories.size };
      if (memory !== undefined && visit.fleet === null && visit.os === 'Windows') {
        returns++;
        if (truth.logTransition(memory, visit, crowd) > truth.logPopulation(visit, crowd)) right++;
      }
      memories.set(visit.browser, truth.remember(memory, visit));
    }
    expect(returns).toBeGreaterThan(200);
    expect(right / returns).toBeGreaterThan(0.97);
  });
}, 120_000);
