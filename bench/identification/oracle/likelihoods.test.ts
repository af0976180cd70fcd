import { expect, it } from 'vitest';
import { DAY } from '../drift/releases.ts';
import { Truth } from '../drift/truth.ts';
import { scenarios } from '../scenario.ts';
import { simulate } from '../visits/simulation.ts';
import { KnownBrowsers } from './known-browsers.ts';
import { processesOf, VisitLikelihoods } from './likelihoods.ts';

const scenario = scenarios.hostile;
const world = { visitors: 300, days: 60, seed: 4 };

/** What may be lost to rounding in a sum of some thirty logarithms. */
const ROUNDING = 1e-9;

it('bounds the likelihood of everybody from above, by look and by address', { timeout: 30_000 }, () => {
  const truth = new Truth(scenario, world.visitors);
  const table = processesOf(scenario);
  const browsers = new KnownBrowsers();
  const ids = new Map<number, number>();
  let [pairs, tight, seldom] = [0, 0, 0];
  let [above, farther] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const visit of simulate(scenario, world)) {
    const here = browsers.at(visit);
    const likelihoods = new VisitLikelihoods(table, visit, { atAddress: here.size, known: browsers.size });
    const elsewhere = likelihoods.elsewhereBound(browsers.leastPool(visit));
    for (const look of browsers.alike(visit).values()) {
      const traits = likelihoods.lookBound(look, Number.NEGATIVE_INFINITY);
      for (const known of look.members) {
        const exact = likelihoods.of(known, Number.NEGATIVE_INFINITY);
        const address = likelihoods.addressBound(known);
        above = Math.max(above, exact - traits - address);
        if (!here.has(known)) farther = Math.max(farther, address - elsewhere);
        pairs++;
        tight += Number(exact > traits + address - 3);
        seldom += Number(traits < -10);
      }
    }
    const known = browsers.get(ids.get(visit.browser) ?? -1);
    const memory = truth.remember(known?.memory, visit);
    if (known === undefined) ids.set(visit.browser, browsers.add(visit, visit.time / DAY, memory).id);
    else browsers.update(known, visit, visit.time / DAY, memory);
  }
  expect(above).toBeLessThanOrEqual(ROUNDING);
  expect(farther).toBeLessThanOrEqual(ROUNDING);
  // Bounds that never come near, or that rule nobody out, would be of no use.
  expect(pairs).toBeGreaterThan(10_000);
  expect(tight / pairs).toBeGreaterThan(0.1);
  expect(seldom / pairs).toBeGreaterThan(0.1);
});

it('gives up on a likelihood only below what was asked for', () => {
  const truth = new Truth(scenario, world.visitors);
  const browsers = new KnownBrowsers();
  const [first] = simulate(scenario, world);
  if (first === undefined) throw new Error('nobody came');
  const known = browsers.add(first, first.time / DAY, truth.remember(undefined, first));
  const again = { ...first, time: first.time + DAY };
  const likelihoods = new VisitLikelihoods(processesOf(scenario), again, { atAddress: 1, known: 1 });
  const exact = likelihoods.of(known, Number.NEGATIVE_INFINITY);
  expect(exact).toBeLessThan(0);
  expect(likelihoods.of(known, exact - 1e-6)).toBe(exact);
  expect(likelihoods.of(known, 0)).toBe(Number.NEGATIVE_INFINITY);
});
