import type { AgentErrorCode, Event } from '@whorl/contract';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { createDatabaseMetrics, type DatabaseMetrics } from './create-database-metrics.ts';
import { createListMetrics, type ListMetrics } from './create-list-metrics.ts';
import { createWebhookMetrics, type WebhookMetrics } from './create-webhook-metrics.ts';

/** What the server counts, and how it is read. */
export type Metrics = {
  /** Media type of {@link Metrics.text}. */
  contentType: string;
  /** Everything in the text format of Prometheus. */
  text(): Promise<string>;
  /** Told by the pipeline of each group commit (events in it, milliseconds it took) and of each event recorded. */
  pipeline: {
    batch(size: number, duration: number): void;
    recorded(event: Event): void;
    /** What could not be judged: a product, or a bot detector. */
    failed(what: string): void;
    /** A source that was sent in a form that it cannot have, or that is not known. */
    ignored(source: string): void;
  };
  webhooks: WebhookMetrics;
  lists: ListMetrics;
  databases: DatabaseMetrics;
  /** Told of each answer of the agent's endpoints (start, observation, supplement): `ok`, or the code of its refusal. */
  countIngest(outcome: AgentErrorCode | 'ok'): void;
};

/** Counters, histograms and the process's own figures. Each call makes its own registry, so tests do not share one. */
export const createMetrics = (): Metrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const answers = new Counter({
    name: 'whorl_agent_answers_total',
    help: 'Answers to the agent (start, observation, supplement), by outcome: ok or the code of the refusal.',
    labelNames: ['outcome'],
    registers,
  });
  const events = new Counter({ name: 'whorl_events_total', help: 'Events recorded durably.', registers });
  const newVisitors = new Counter({
    name: 'whorl_new_visitors_total',
    help: 'Events recorded for a visitor who was not known before.',
    registers,
  });
  const detections = new Counter({
    name: 'whorl_signals_detected_total',
    help: 'Events recorded with the signal detected, by signal.',
    labelNames: ['signal'],
    registers,
  });
  const batchEvents = new Histogram({
    name: 'whorl_commit_events',
    help: 'Events that shared one group commit.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128],
    registers,
  });
  const batchSeconds = new Histogram({
    name: 'whorl_commit_seconds',
    help: 'Time from the start of a group commit’s work to its durable end.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });

  const failures = new Counter({
    name: 'whorl_judgement_failures_total',
    help: 'Products and bot detectors that failed on an event, by name. Each is a fault of the server; its log says more.',
    labelNames: ['what'],
    registers,
  });

  const ignored = new Counter({
    name: 'whorl_ignored_evidence_total',
    help: 'Sources that were left out of an event because of their form, by name; unknown: those that are none.',
    labelNames: ['source'],
    registers,
  });

  return {
    contentType: registry.contentType,
    text: () => registry.metrics(),
    pipeline: {
      batch(size, duration) {
        batchEvents.observe(size);
        batchSeconds.observe(duration / 1_000);
      },
      failed: (what) => failures.inc({ what }),
      ignored: (source) => ignored.inc({ source }),
      recorded({ identity, signals }) {
        events.inc();
        if (!identity.found) newVisitors.inc();
        for (const [signal, { state }] of Object.entries(signals)) {
          if (state === 'detected') detections.inc({ signal });
        }
      },
    },
    webhooks: createWebhookMetrics(registry),
    lists: createListMetrics(registry),
    databases: createDatabaseMetrics(registry),
    countIngest: (outcome) => answers.inc({ outcome }),
  };
};
