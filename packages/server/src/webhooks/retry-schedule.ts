const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** When a delivery that failed is tried again. Milliseconds. */
export type RetrySchedule = {
  /** The pauses after the first attempt, the second and so on; the last one repeats. */
  pauses: readonly [number, ...number[]];
  /** Each pause is made longer or shorter by up to this share, so that deliveries that failed together part. */
  jitter: number;
  /** After this age nothing is tried again. */
  lifetime: number;
  /** As long as a receiver may put us off by `Retry-After`. */
  longestWish: number;
};

/** The product's own schedule: some thirty attempts within a day. */
export const defaultRetrySchedule: RetrySchedule = {
  pauses: [5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR],
  jitter: 0.2,
  lifetime: 24 * HOUR,
  longestWish: HOUR,
};

/** What the next attempt depends on. */
export type Failed = {
  createdAt: number;
  /** Attempts made so far, 1 or more. */
  attempts: number;
  now: number;
  /** Milliseconds that the receiver asked to be left alone; null where it did not ask. */
  wish: number | null;
};

/**
 * Unix milliseconds of the next attempt; null when the delivery is to be given up. A delivery that is sent again by hand
 * after its day is tried once.
 *
 * @param random a number from 0 up to 1
 */
export const nextAttempt = (schedule: RetrySchedule, failed: Failed, random: number): number | null => {
  const { pauses, jitter, lifetime, longestWish } = schedule;
  const pause = pauses[Math.min(failed.attempts, pauses.length) - 1] ?? pauses[0];
  const wish = Math.min(failed.wish ?? 0, longestWish);
  const at = failed.now + Math.max(Math.round(pause * (1 + jitter * (2 * random - 1))), wish);
  return at > failed.createdAt + lifetime ? null : at;
};
