import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { createWebhookMetrics } from './create-webhook-metrics.ts';

describe('createWebhookMetrics', () => {
  it('counts attempts by their outcome', async () => {
    const registry = new Registry();
    const { attempted } = createWebhookMetrics(registry);
    attempted('delivered', 20);
    attempted('retried', 3_000);
    attempted('retried', 3_000);
    const text = await registry.metrics();
    expect(text).toContain('whorl_webhook_attempts_total{outcome="delivered"} 1');
    expect(text).toContain('whorl_webhook_attempts_total{outcome="retried"} 2');
    expect(text).toContain('whorl_webhook_attempt_seconds_sum 6.02');
  });

  it('asks for the backlog once at each look', async () => {
    const registry = new Registry();
    const backlog = { count: 3, oldest: (Date.now() - 60_000) as number | null };
    let asked = 0;
    createWebhookMetrics(registry).watch(async () => {
      asked += 1;
      return backlog;
    });
    const text = await registry.metrics();
    expect(text).toContain('whorl_webhook_pending 3');
    expect(Number(/^whorl_webhook_oldest_pending_seconds (\S+)/m.exec(text)?.[1])).toBeCloseTo(60, 0);
    Object.assign(backlog, { count: 0, oldest: null });
    expect(await registry.metrics()).toContain('whorl_webhook_oldest_pending_seconds 0');
    expect(asked).toBe(2);
  });

  it('does not fail with the store', async () => {
    const registry = new Registry();
    createWebhookMetrics(registry).watch(() => Promise.reject(new Error('no database')));
    expect(await registry.metrics()).toContain('whorl_webhook_pending Nan');
  });
});
