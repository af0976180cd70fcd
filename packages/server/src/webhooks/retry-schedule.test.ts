import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRetrySchedule, nextAttempt } from './retry-schedule.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const failed = { createdAt: 0, attempts: 1, now: 3 * SECOND, wish: null };

describe('nextAttempt', () => {
  it('waits longer each time, up to an hour', () => {
    const pauses = [1, 2, 3, 4, 5, 6, 7, 20].map(
      (attempts) => (nextAttempt(defaultRetrySchedule, { ...failed, attempts, now: 0 }, 0.5) ?? 0) / SECOND,
    );
    expect(pauses).toEqual([5, 30, 120, 600, 1800, 3600, 3600, 3600]);
  });

  it('is never further off than the jitter, and gives up after a day', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 2 * DAY }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempts, now, random) => {
          const at = nextAttempt(defaultRetrySchedule, { ...failed, attempts, now }, random);
          const { pauses } = defaultRetrySchedule;
          const pause = pauses[Math.min(attempts, pauses.length) - 1] ?? 0;
          if (at === null) return now + 1.2 * pause > DAY;
          return at <= DAY && at >= now + 0.8 * pause - 1 && at <= now + 1.2 * pause + 1;
        },
      ),
    );
  });

  it('tries some thirty times in a day', () => {
    let now = 0;
    let attempts = 0;
    for (let at: number | null = 0; at !== null; ) {
      now = at;
      attempts += 1;
      at = nextAttempt(defaultRetrySchedule, { ...failed, attempts, now }, 0.5);
    }
    expect(attempts).toBe(29);
    expect(now).toBeLessThanOrEqual(DAY);
  });

  it('waits as long as the receiver asks, an hour at most', () => {
    expect(nextAttempt(defaultRetrySchedule, { ...failed, now: 0, wish: 90 * SECOND }, 0.5)).toBe(90 * SECOND);
    expect(nextAttempt(defaultRetrySchedule, { ...failed, now: 0, wish: SECOND }, 0.5)).toBe(5 * SECOND);
    expect(nextAttempt(defaultRetrySchedule, { ...failed, now: 0, wish: 9 * HOUR }, 0.5)).toBe(HOUR);
  });

  it('gives a delivery that was sent again by hand after its day one attempt', () => {
    expect(nextAttempt(defaultRetrySchedule, { ...failed, attempts: 30, now: 3 * DAY }, 0.5)).toBeNull();
  });
});
