import type { SourceName, WireComponent } from '@whorl/contract';
import { now, roundMs, yieldToPage } from './clock.ts';
import {
  DEFAULT_DEADLINE,
  isPromise,
  type MaybePromise,
  Noised,
  type Source,
  type Surroundings,
} from './sources/source.ts';

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

const settleLater = (value: Promise<unknown>, deadline: number, elapsed: () => number): Promise<WireComponent> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve({ e: ['SourceTimeout', `no result within ${deadline} ms`], d: elapsed() });
    }, deadline);
    const finish = (outcome: WireComponent) => {
      clearTimeout(timer);
      resolve(outcome);
    };
    value.then(
      (later) => finish(collected(later, elapsed())),
      (error: unknown) => finish(failed(error, elapsed())),
    );
  });

/** A timer and a promise for each of sixty sources would take the page 10 ms, so only those that take their time get them. */
const settle = (source: Source<unknown>, surroundings: Surroundings): MaybePromise<WireComponent> => {
  const start = now();
  const elapsed = () => roundMs(now() - start);
  try {
    const value = source.collect(surroundings);
    if (isPromise(value)) return settleLater(value, source.deadline ?? DEFAULT_DEADLINE, elapsed);
    return collected(value, elapsed());
  } catch (error) {
    return failed(error, elapsed());
  }
};

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
      const outcome = settle(source, surroundings);
      if (isPromise(outcome)) {
        pending.push(
          outcome.then((later) => {
            outcomes[name] = later;
          }),
        );
      } else outcomes[name] = outcome;
      if (now() - stretchStart >= STRETCH) {
        await yieldToPage();
        stretchStart = now();
      }
    }
    await Promise.all(pending);
  };
  return { outcomes, done: run() };
};
