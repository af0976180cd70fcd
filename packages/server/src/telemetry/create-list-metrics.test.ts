import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createListMetrics } from './create-list-metrics.ts';

describe('createListMetrics', () => {
  it('counts looks, and shows rows and age as they are when asked', async () => {
    const registry = new Registry();
    const metrics = createListMetrics(registry);
    let lists: { name: string; rows: number | null; asOf: number | null }[] = [{ name: 'tor', rows: null, asOf: null }];
    metrics.watch(() => lists);
    metrics.fetched('tor', 'refused');
    const before = await registry.metrics();
    expect(before).toContain('whorl_list_fetches_total{list="tor",outcome="refused"} 1');
    expect(before).toContain('whorl_list_rows{list="tor"} 0');
    expect(before).not.toContain('whorl_list_age_seconds{');
    lists = [{ name: 'tor', rows: 12, asOf: Date.now() - 60_000 }];
    const after = await registry.metrics();
    expect(after).toContain('whorl_list_rows{list="tor"} 12');
    expect(Number(/whorl_list_age_seconds\{list="tor"\} (\S+)/.exec(after)?.[1])).toBeCloseTo(60, 0);
  });
});
