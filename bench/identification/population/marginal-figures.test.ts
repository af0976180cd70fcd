import { describe, expect, it } from 'vitest';
import { type Marginal, published, simulateMarginals } from './marginal-figures.ts';

/** Distinct values may differ by this factor, unique users by so many points: the survey was years and browsers ago. */
const FACTOR = 2.2;
const POINTS = 3;

describe('marginals of a simulated survey', () => {
  const simulated = simulateMarginals(2);

  it.each(Object.keys(published) as Marginal[])('%s is about as diverse as published', (name) => {
    const ratio = simulated[name].distinct / published[name].distinct;
    expect(ratio).toBeGreaterThan(1 / FACTOR);
    expect(ratio).toBeLessThan(FACTOR);
    expect(Math.abs(simulated[name].unique - published[name].unique)).toBeLessThan(POINTS);
  });
}, 240_000);
