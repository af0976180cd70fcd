import { describe, expect, it } from 'vitest';
import { arrivalKeys, countArrival, newPerDay } from './arrivals.ts';
import type { Raise } from './frequencies.ts';

const DAY = 1440;
const NOON = 20_000 * DAY + DAY / 2;

const counted = (...raises: Raise[][]) => {
  const counts = new Map<number, number>();
  for (const { key, by } of raises.flat()) counts.set(key, (counts.get(key) ?? 0) + by);
  return (key: number) => counts.get(key) ?? 0;
};
const arrivals = (days: readonly number[], perDay: number) => days.map((ago) => countArrival(NOON - ago * DAY, perDay));

describe('newPerDay', () => {
  it('is what comes a day where as many come every day', () => {
    const steady = counted(...arrivals([...Array(40).keys()], 100));
    expect(newPerDay(steady, NOON)).toBeGreaterThan(85);
    expect(newPerDay(steady, NOON)).toBeLessThan(165);
  });

  it('sees the first day of a site, and that of a campaign, while it lasts', () => {
    const launch = counted(...arrivals([0], 350));
    expect(newPerDay(launch, NOON)).toBeGreaterThan(340);
    expect(newPerDay(launch, NOON + 4 * DAY)).toBeLessThan(40);
  });

  it('expects a few where nobody came yet, and asks for no other counts than it tells', () => {
    const asked = new Set(arrivalKeys(NOON));
    const few = newPerDay((key) => {
      expect(asked.has(key)).toBe(true);
      return 0;
    }, NOON);
    expect(few).toBe(3);
  });
});
