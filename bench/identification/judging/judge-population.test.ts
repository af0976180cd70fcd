import { describe, expect, it } from 'vitest';
import { scenarios } from '../scenario.ts';
import { simulate } from '../visits/simulation.ts';
import { judgePopulation } from './judge-population.ts';

describe('judgePopulation', () => {
  const judged = judgePopulation(simulate(scenarios['web-mix'], { visitors: 4_000, seed: 2, days: 20 }));
  const all = Object.values(judged);
  const share = (of: (one: (typeof all)[number]) => number): number =>
    all.reduce((sum, one) => sum + of(one), 0) / all.reduce((sum, { visits }) => sum + visits, 0);

  it('finds about as many devices in each bucket as its name says', () => {
    expect(share(({ visits }) => visits)).toBe(1);
    expect(share(({ buckets }) => buckets['<p95'] ?? 0)).toBeGreaterThan(0.93);
    expect(share(({ buckets }) => buckets['<p95'] ?? 0)).toBeLessThan(0.98);
    const rare = share(({ buckets }) => (buckets['p99.9+'] ?? 0) + (buckets.not_seen ?? 0));
    expect(rare).toBeLessThan(0.003);
  });

  it('calls nobody tampered with for being rare', () => {
    expect(all.map(({ withRarity }) => withRarity)).toEqual(all.map(({ byRules }) => byRules));
    // The few are phones whose recorded graphics are those of Windows.
    const contradicted = all.flatMap(({ contradictions }) => Object.keys(contradictions));
    expect(contradicted.filter((fact) => fact !== 'graphics belong to another system')).toEqual([]);
    expect(share(({ byRules }) => byRules)).toBeLessThan(0.002);
    expect(share(({ strange }) => strange)).toBeLessThan(0.002);
  });
});
