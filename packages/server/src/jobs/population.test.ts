import { describe, expect, it } from 'vitest';
import { dailyEventsP99 } from './population.ts';

const times = (count: number, value: number): number[] => Array.from({ length: count }, () => value);

describe('dailyEventsP99', () => {
  it('says nothing of a handful of visitors', () => {
    expect(dailyEventsP99({ counts: times(199, 3), complete: true })).toBeNull();
  });

  it('is the count that 99 of 100 visitors do not exceed', () => {
    const counts = [...times(980, 1), ...times(15, 40), ...times(5, 900)];
    expect(dailyEventsP99({ counts, complete: true })).toBe(40);
  });

  it('gives busy visitors no more weight where they were likelier to be drawn', () => {
    // In truth 10,000 visitors with 1 event and 20 with 500: as many events of either kind, so either is drawn as often.
    const drawn = [...times(500, 1), ...times(20, 500)];
    expect(dailyEventsP99({ counts: drawn, complete: true })).toBe(500);
    expect(dailyEventsP99({ counts: drawn, complete: false })).toBe(1);
  });
});
