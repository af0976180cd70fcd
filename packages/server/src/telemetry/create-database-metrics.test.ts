import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createDatabaseMetrics, type DatabaseFigures } from './create-database-metrics.ts';

describe('createDatabaseMetrics', () => {
  it('counts what was read, and shows the age of what is in use', async () => {
    const registry = new Registry();
    const metrics = createDatabaseMetrics(registry);
    let files: DatabaseFigures[] = [{ path: '/a.mmdb', builtAt: Date.now() - 60_000 }];
    metrics.watch(() => files);
    metrics.read('/a.mmdb', 'loaded');
    metrics.read('/b.mmdb', 'refused');
    const before = await registry.metrics();
    expect(before).toContain('whorl_database_reads_total{file="/b.mmdb",outcome="refused"} 1');
    expect(Number(/whorl_database_age_seconds\{file="\/a.mmdb"\} (\S+)/.exec(before)?.[1])).toBeCloseTo(60, 0);
    files = [{ path: '/b.mmdb', builtAt: null }];
    expect(await registry.metrics()).not.toContain('whorl_database_age_seconds{');
  });
});
