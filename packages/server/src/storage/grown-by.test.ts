import { describe, expect, it } from 'vitest';
import { grownBy } from './grown-by.ts';

const minuteOf = (year: number, month: number, day: number): number => Date.UTC(year, month - 1, day) / 60_000;

describe('grownBy', () => {
  it('is 1 at the beginning of 2026, and doubles each 90 days', () => {
    expect(grownBy(minuteOf(2026, 1, 1))).toBe(1);
    expect(grownBy(minuteOf(2026, 4, 1))).toBe(2);
    expect(grownBy(minuteOf(2026, 6, 30))).toBe(4);
    expect(grownBy(minuteOf(2025, 10, 3))).toBe(0.5);
  });

  it('makes of what was counted 90 days ago half of what is counted now, whenever that is', () => {
    const now = minuteOf(2031, 5, 17);
    const sum = grownBy(now) + grownBy(now - 90 * 1_440);
    expect(sum / grownBy(now)).toBeCloseTo(1.5, 12);
  });

  it('fits into a double for centuries', () => {
    expect(Number.isFinite(grownBy(minuteOf(2276, 1, 1)))).toBe(true);
  });
});
