import type { Event } from '@whorl/contract';
import { judge } from '../../packages/engine/src/judge.ts';
import { factsOfEvent } from './facts-of-event.ts';

/** Microseconds of judging all signals of one event, of writing the same event as JSON, and the ratio of the two medians. */
export type JudgingTime = { judge: number; p99: number; stringify: number; ratio: number };

/** So many rounds over the events: the first are for the compiler, the rest count. */
const WARM = 20;
const ROUNDS = 60;
/** Calls between two readings of the clock, which is as coarse as a microsecond. */
const CALLS = 5;

const lap = (work: () => unknown): number => {
  const start = process.hrtime.bigint();
  for (let call = 0; call < CALLS; call++) work();
  return Number(process.hrtime.bigint() - start) / 1_000 / CALLS;
};

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** Judges events and writes them as JSON, the two taking turns, so that a busy machine slows both. `events` holds one at least. */
export const measureJudging = (events: readonly Event[]): JudgingTime => {
  const cases = events.map((event) => ({ event, facts: factsOfEvent(event) }));
  const judging: number[] = [];
  const writing: number[] = [];
  for (let round = -WARM; round < ROUNDS; round++) {
    for (const { event, facts } of cases) {
      const judged = lap(() => judge(facts));
      const written = lap(() => JSON.stringify(event));
      if (round < 0) continue;
      judging.push(judged);
      writing.push(written);
    }
  }
  const [time, base] = [quantile(judging, 0.5), quantile(writing, 0.5)];
  return {
    judge: tenth(time),
    p99: tenth(quantile(judging, 0.99)),
    stringify: tenth(base),
    ratio: Math.round((time / base) * 100) / 100,
  };
};
