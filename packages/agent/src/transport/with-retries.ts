import { isPassing, type Result } from '../failure.ts';
import type { Deadline } from './deadline.ts';

/** Tries on each endpoint before giving up: an outage that outlasts them outlasts a visitor's patience too. */
const ROUNDS = 4;
const FIRST_DELAY = 250;
const LONGEST_DELAY = 4_000;

/**
 * Milliseconds to wait before round `round` (1 is the second): doubling, and anywhere in the upper half of that, so that
 * the pages that one outage has met do not all come back at once.
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export const retryDelay = (round: number, random: () => number): number => {
  const ceiling = Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (round - 1));
  return ceiling * (0.5 + random() / 2);
};

const wait = (ms: number, deadline: Deadline): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
    void deadline.over.then(resolve);
  });

/**
 * Runs `attempt` on one endpoint after the other until one answers, for good or ill; passing failures (no connection,
 * 5xx, 429) start another round. Waits at least as long as a `Retry-After` asks. Ends with the last failure when the
 * rounds are used up or when the time left is too short to wait. Never rejects.
 */
export const withRetries = async <T>(
  endpoints: readonly [string, ...string[]],
  deadline: Deadline,
  attempt: (endpoint: string) => Promise<Result<T>>,
  random: () => number = Math.random,
): Promise<Result<T>> => {
  for (let round = 1; ; round++) {
    let asked = 0;
    let last: Result<T> | undefined;
    for (const endpoint of endpoints) {
      last = await attempt(endpoint);
      if (last.ok || !isPassing(last.failure)) return last;
      if (last.failure.kind === 'refused') asked = Math.max(asked, last.failure.retryAfter ?? 0);
    }
    const delay = Math.max(retryDelay(round, random), asked);
    if (last !== undefined && (round === ROUNDS || delay >= deadline.remaining())) return last;
    await wait(delay, deadline);
  }
};
