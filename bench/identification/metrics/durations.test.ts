import { describe, expect, it } from 'vitest';
import { linksOf } from './chains.ts';
import { durationsOf } from './durations.ts';
import { replayOf } from './testing/replay-of.ts';

describe('durationsOf', () => {
  it('takes the longest and the mean chain of each browser that came back', () => {
    const { journal, answers } = replayOf([
      { browser: 1, day: 0, id: 0 },
      { browser: 1, day: 10, id: 0, found: true },
      { browser: 1, day: 20, id: 1 },
      { browser: 1, day: 24, id: 1, found: true },
      { browser: 2, day: 30, id: 2 },
    ]);
    expect(durationsOf(linksOf(journal, answers), 'all')).toEqual({
      longestDays: 10,
      meanDays: 7,
      possibleDays: 24,
      ownership: 1,
    });
  });

  it('counts a browser for the time that it spent in the chain of another', () => {
    const { journal, answers } = replayOf([
      { browser: 1, day: 0, id: 0 },
      { browser: 1, day: 1, id: 0, found: true },
      { browser: 2, day: 2, id: 0, found: true },
      { browser: 2, day: 8, id: 3 },
    ]);
    const { longestDays, meanDays, ownership } = durationsOf(linksOf(journal, answers), 'all');
    expect(longestDays).toBeCloseTo((1 + 0) / 2);
    expect(meanDays).toBeCloseTo((1 + 0) / 2);
    expect(ownership).toBeCloseTo((2 / 3 + 1) / 2);
  });

  it('counts a chain for the system of its owner', () => {
    const { journal, answers } = replayOf([
      { browser: 1, id: 0, os: 'iOS' },
      { browser: 1, id: 0, os: 'iOS', found: true },
      { browser: 2, id: 0, os: 'Android', found: true },
    ]);
    const links = linksOf(journal, answers);
    expect(durationsOf(links, 'iOS').ownership).toBeCloseTo(2 / 3);
    expect(durationsOf(links, 'Android').ownership).toBeNull();
  });
});
