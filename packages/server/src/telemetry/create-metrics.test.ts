import type { Event } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { createMetrics } from './create-metrics.ts';

type Counted = Pick<Event, 'identity' | 'signals'>;

/** As much of an event as is counted. */
const eventWith = (found: boolean, states: Record<string, string>): Event => {
  const signals = Object.fromEntries(Object.entries(states).map(([name, state]) => [name, { state }]));
  return { identity: { found }, signals } as unknown as Counted as Event;
};

describe('createMetrics', () => {
  it('counts answers to the agent by outcome', async () => {
    const metrics = createMetrics();
    metrics.countIngest('ok');
    metrics.countIngest('ok');
    metrics.countIngest('PublicKeyNotFound');
    const text = await metrics.text();
    expect(text).toContain('whorl_agent_answers_total{outcome="ok"} 2');
    expect(text).toContain('whorl_agent_answers_total{outcome="PublicKeyNotFound"} 1');
  });

  it('counts events, new visitors and detected signals', async () => {
    const metrics = createMetrics();
    metrics.pipeline.recorded(eventWith(false, { botd: 'detected', vpn: 'unknown' }));
    metrics.pipeline.recorded(eventWith(true, { botd: 'detected', vpn: 'clear' }));
    const text = await metrics.text();
    expect(text).toContain('whorl_events_total 2');
    expect(text).toContain('whorl_new_visitors_total 1');
    expect(text).toContain('whorl_signals_detected_total{signal="botd"} 2');
    expect(text).not.toContain('signal="vpn"');
  });

  it('counts evidence that was left out', async () => {
    const metrics = createMetrics();
    metrics.pipeline.ignored('fonts');
    expect(await metrics.text()).toContain('whorl_ignored_evidence_total{source="fonts"} 1');
  });

  it('counts what could not be judged', async () => {
    const metrics = createMetrics();
    metrics.pipeline.failed('vpn');
    metrics.pipeline.failed('detector webdriver');
    expect(await metrics.text()).toContain('whorl_judgement_failures_total{what="vpn"} 1');
    expect(await metrics.text()).toContain('whorl_judgement_failures_total{what="detector webdriver"} 1');
  });

  it('measures group commits in seconds', async () => {
    const metrics = createMetrics();
    metrics.pipeline.batch(3, 20);
    const text = await metrics.text();
    expect(text).toContain('whorl_commit_events_sum 3');
    expect(text).toContain('whorl_commit_seconds_sum 0.02');
    expect(text).toContain('whorl_commit_seconds_bucket{le="0.025"} 1');
  });

  it('shows the process’s own figures in the text format of Prometheus', async () => {
    const metrics = createMetrics();
    expect(metrics.contentType).toMatch(/^text\/plain/);
    expect(await metrics.text()).toMatch(/process_resident_memory_bytes \d+/);
  });
});
