import { describe, expect, it } from 'vitest';
import {
  clip,
  counted,
  formatAgo,
  formatBits,
  formatDuration,
  formatPercent,
  formatShare,
  formatTime,
  formatTimes,
  formatValue,
  formatWeight,
  listed,
  toWords,
} from './format.ts';

describe('formatShare', () => {
  it('shows two digits', () => {
    expect(formatShare(0.876)).toBe('0.88');
    expect(formatShare(0)).toBe('0.00');
    expect(formatShare(1)).toBe('1.00');
  });

  it('never rounds to a certainty that is not there', () => {
    expect(formatShare(0.9999)).toBe('> 0.99');
    expect(formatShare(0.0001)).toBe('< 0.01');
  });
});

describe('formatPercent', () => {
  it.each([
    [0.966, '97%'],
    [0.995, 'over 99%'],
    [0.9999, 'over 99%'],
    [1, 'over 99%'],
    [0.002, 'under 1%'],
    [0, 'under 1%'],
  ])('shows %d as %s', (share, text) => expect(formatPercent(share)).toBe(text));
});

describe('formatBits', () => {
  it('has one digit and a sign, but for next to nothing', () => {
    expect([4, -3.37, 0.04, -0.04, 0].map(formatBits)).toEqual(['+4.0', '\u22123.4', '0.0', '0.0', '0.0']);
  });
});

describe('formatTimes', () => {
  it.each([
    [0, '1 times'],
    [0.5, '1.4 times'],
    [1, '2 times'],
    [12, '4,100 times'],
    [19.9, '980,000 times'],
    [40, 'over a million times'],
    [2_000, 'over a million times'],
  ])('says %d bits as %s', (bits, text) => expect(formatTimes(bits)).toBe(text));
});

describe('listed', () => {
  it('joins what there is into one sentence', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c']].map(listed)).toEqual(['', 'a', 'a and b', 'a, b and c']);
  });
});

describe('formatWeight', () => {
  it('signs what speaks for or against and leaves context unsigned', () => {
    expect(formatWeight(1.256)).toBe('+1.26');
    expect(formatWeight(-3)).toBe('\u22123');
    expect(formatWeight(0)).toBe('0');
    expect(formatWeight(-0.001)).toBe('0');
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [0.04, '0 ms'],
    [0.12, '0.1 ms'],
    [9.96, '10 ms'],
    [412.4, '412 ms'],
    [999.6, '1.0 s'],
    [2540, '2.5 s'],
  ])('%d is %s', (millis, text) => expect(formatDuration(millis)).toBe(text));
});

describe('formatTime', () => {
  it('shows the day and the second in the zone that is asked for', () => {
    expect(formatTime(Date.UTC(2026, 10, 22, 17, 30, 33), 'UTC')).toBe('22 Nov 2026, 17:30:33');
    expect(formatTime(Date.UTC(2026, 10, 22, 17, 30, 33), 'Asia/Tokyo')).toBe('23 Nov 2026, 02:30:33');
  });
});

describe('formatAgo', () => {
  const now = Date.UTC(2026, 10, 22);

  it('uses the largest whole unit', () => {
    expect(formatAgo(now - 999, now)).toBe('just now');
    expect(formatAgo(now - 59_999, now)).toBe('59 seconds ago');
    expect(formatAgo(now - 3_600_000, now)).toBe('1 hour ago');
    expect(formatAgo(now - 86_400_000 * 3, now)).toBe('3 days ago');
  });

  it('does not look into the future when the clocks disagree', () => {
    expect(formatAgo(now + 5000, now)).toBe('just now');
  });
});

describe('formatValue', () => {
  it('keeps strings bare and writes the rest as JSON', () => {
    expect(formatValue('Linux x86_64')).toBe('Linux x86_64');
    expect(formatValue('')).toBe('""');
    expect(formatValue([['en-US']])).toBe('[["en-US"]]');
    expect(formatValue(null)).toBe('null');
    expect(formatValue(undefined)).toBe('undefined');
  });
});

describe('clip', () => {
  it('cuts only what is too long, to the length asked for', () => {
    expect(clip('abcd', 4)).toBe('abcd');
    expect(clip('abcde', 4)).toBe('abc\u2026');
  });
});

describe('toWords', () => {
  it.each([
    ['anomalyScore', 'anomaly score'],
    ['publicVPN', 'public VPN'],
    ['distinctIpByLinkedId', 'distinct ip by linked id'],
    ['result', 'result'],
  ])('%s reads %s', (name, words) => expect(toWords(name)).toBe(words));
});

describe('counted', () => {
  it('agrees in number', () => {
    expect(counted(1, 'visit')).toBe('1 visit');
    expect(counted(0, 'visit')).toBe('0 visits');
  });
});
