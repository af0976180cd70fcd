import type { SourceName, WireComponent } from '@whorl/contract';
import { now, roundMs, yieldToPage } from './clock.ts';
import { DEFAULT_DEADLINE, isPromise, Noised, type Source, type Surroundings } from './sources/source.ts';

/** What each source came to, as it goes over the wire. A name that is missing has not settled. */
export type Outcomes = { [N in SourceName]?: WireComponent };

/** Sources under way. `outcomes` fills while they settle; `done` resolves when the last has, and never rejects. */
export type Collection = { outcomes: Outcomes; done: Promise<void> };

export type SourcesByName = { [N in SourceName]?: Source<unknown> };

/** Milliseconds of work at a stretch, after which the page gets its turn. A task of over 50 is felt as a stutter. */
const STRETCH = 4;

const ERROR_NAME_LENGTH = 64;
const ERROR_MESSAGE_LENGTH = 256;

const failed = (error: unknown, duration: number): WireComponent => {
  const { name, message } = error instanceof Error ? error : { name: 'Thrown', message: String(error) };
  return { e: [name.slice(0, ERROR_NAME_LENGTH), message.slice(0, ERROR_MESSAGE_LENGTH)], d: duration };
};

const collected = (value: unknown, duration: number): WireComponent => {
  if (value instanceof Noised) return { v: value.value, n: true, d: duration };
  return value === undefined ? { d: duration } : { v: value, d: duration };
};

const settle = (source: Source<unknown>, surroundings: Surroundings): Promise<WireComponent> =>
  new Promise((resolve) => {
    const start = now();
    const { deadline = DEFAULT_DEADLINE } = source;
    const elapsed = () => roundMs(now() - start);
    const timer = setTimeout(() => {
      resolve({ e: ['SourceTimeout', `no result within ${deadline} ms`], d: elapsed() });
    }, deadline);
    const finish = (outcome: WireComponent) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    try {
      const value = source.collect(surroundings);
      if (isPromise(value)) {
        value.then(
          (later) => finish(collected(later, elapsed())),
          (error: unknown) => finish(failed(error, elapsed())),
        );
      } else finish(collected(value, elapsed()));
    } catch (error) {
      finish(failed(error, elapsed()));
    }
  });

/**
 * Runs sources in the order given, asynchronous ones beside each other, and hands the page its turn in between. Every
 * source settles: with a value, with plain absence, or with a failure, each with the milliseconds it took; the latest at
 * its deadline.
 */
export const collectSources = (sources: SourcesByName, surroundings: Surroundings): Collection => {
  const outcomes: Outcomes = {};
  const run = async (): Promise<void> => {
    const pending: Promise<void>[] = [];
    let stretchStart = now();
    for (const [name, source] of Object.entries(sources) as [SourceName, Source<unknown>][]) {
      const settled = settle(source, surroundings).then((outcome) => {
        outcomes[name] = outcome;
      });
      pending.push(settled);
      if (now() - stretchStart >= STRETCH) {
        await yieldToPage();
        stretchStart = now();
      }
    }
    await Promise.all(pending);
  };
  return { outcomes, done: run() };
};
