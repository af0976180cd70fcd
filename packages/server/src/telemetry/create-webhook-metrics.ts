import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What is pending: how many deliveries, and when the oldest of them was made. */
type Backlog = { count: number; oldest: number | null };

/** What is counted of webhooks. */
export type WebhookMetrics = {
  /** Told of each attempt to deliver: its outcome, and the milliseconds that it took. */
  attempted(outcome: 'delivered' | 'retried' | 'failed', duration: number): void;
  /** Asks for the backlog at each look at the metrics. */
  watch(pending: () => Promise<Backlog>): void;
};

/** Counters of attempts, and gauges of what is waiting. */
export const createWebhookMetrics = (registry: Registry): WebhookMetrics => {
  const registers = [registry];
  const attempts = new Counter({
    name: 'whorl_webhook_attempts_total',
    help: 'Attempts to deliver to a webhook, by outcome: delivered, retried later, or failed for good.',
    labelNames: ['outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'whorl_webhook_attempt_seconds',
    help: 'Time that receivers of webhooks took to answer, or to fail to.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
    registers,
  });
  return {
    attempted(outcome, duration) {
      attempts.inc({ outcome });
      seconds.observe(duration / 1_000);
    },
    watch(pending) {
      let asked: Promise<Backlog> | undefined;
      // One question to the store fills both gauges. A store that is out of order must not take the other metrics with it.
      const ask = (): Promise<Backlog> => {
        asked ??= pending()
          .catch(() => ({ count: Number.NaN, oldest: Number.NaN }))
          .finally(() => {
            asked = undefined;
          });
        return asked;
      };
      new Gauge({
        name: 'whorl_webhook_pending',
        help: 'Deliveries that are pending in all workspaces of the database.',
        registers,
        async collect() {
          this.set((await ask()).count);
        },
      });
      new Gauge({
        name: 'whorl_webhook_oldest_pending_seconds',
        help: 'Age of the oldest pending delivery; 0 when none is pending.',
        registers,
        async collect() {
          const { oldest } = await ask();
          this.set(oldest === null ? 0 : Math.max(0, Date.now() - oldest) / 1_000);
        },
      });
    },
  };
};
