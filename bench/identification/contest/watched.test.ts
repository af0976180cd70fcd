import { expect, it } from 'vitest';
import { scenarios } from '../scenario.ts';
import { simulate } from '../visits/simulation.ts';
import { watched } from './watched.ts';

it('passes all visits on and tells of simulated time, from 0 to 1', { timeout: 30_000 }, () => {
  const size = { visitors: 800, days: 60, seed: 3 };
  const told: [share: number, visits: number][] = [];
  const visits = simulate(scenarios.easy, size);
  const count = [...watched(visits, size.days, (...progress) => told.push(progress))].length;
  expect(count).toBe([...simulate(scenarios.easy, size)].length);
  expect(told.map(([, visits]) => visits)).toEqual(told.map((_, at) => (at + 1) * 2000));
  const shares = told.map(([share]) => share);
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares[0]).toBeGreaterThan(0);
  expect(shares.at(-1)).toBeLessThanOrEqual(1);
});
