import { fail, isPassing, RefusedError, type Result } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import type { Deadline } from './deadline.ts';

/** Tries on each endpoint before giving up. */
const ROUNDS = 4;
const FIRST_DELAY = 250;
const LONGEST_DELAY = 4_000;

/**
 * Milliseconds to wait before a round, 1 being the second: doubling, and anywhere in the upper half of that, so that the
 * apps that one outage has met do not all come back at once.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const retryDelay = (round: number, random: () => number): number =>
  Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (round - 1)) * (0.5 + random() / 2);

const wait = (runtime: Runtime, ms: number, deadline: Deadline): Promise<void> =>
  new Promise((resolve) => {
    const cancel = runtime.after(ms, resolve);
    void deadline.over.then(() => {
      cancel();
      resolve();
    });
  });

/** Servers, tried in this order. */
export type Endpoints = readonly [string, ...string[]];

/**
 * Runs `attempt` on one endpoint after the other until one answers, for good or ill. Failures that pass (no connection, 5xx,
 * 429) start another round, after as long as a `Retry-After` asks at least. Ends with the last failure when the rounds are
 * used up or the time left is too short to wait. Rejects only where `attempt` does.
 */
export const withRetries = async <T>(
  runtime: Runtime,
  endpoints: Endpoints,
  deadline: Deadline,
  attempt: (endpoint: string) => Promise<Result<T>>,
): Promise<Result<T>> => {
  for (let round = 1; ; round++) {
    let asked = 0;
    let last: Result<T> = fail(deadline.reason());
    for (const endpoint of endpoints) {
      last = await attempt(endpoint);
      if (last.ok || !isPassing(last.error)) return last;
      if (last.error instanceof RefusedError) asked = Math.max(asked, last.error.retryAfter ?? 0);
    }
    const delay = Math.max(retryDelay(round, runtime.random), asked);
    if (round === ROUNDS || delay >= deadline.remaining()) return last;
    await wait(runtime, delay, deadline);
    if (deadline.isOver()) return fail(deadline.reason());
  }
};
