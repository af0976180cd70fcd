import { describe, expect, it } from 'vitest';
import { readTime } from './read-time.ts';

const NEW_YEAR = Date.UTC(2026, 0, 1);

describe('readTime', () => {
  it.each([
    [NEW_YEAR, NEW_YEAR],
    ['2026-01-01T00:00:00Z', NEW_YEAR],
    ['2026-01-01t00:00:00z', NEW_YEAR],
    ['2026-01-01T00:00:00.5Z', NEW_YEAR + 500],
    ['2026-01-01T02:00:00+02:00', NEW_YEAR],
    ['2025-12-31T18:30:00-05:30', NEW_YEAR],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('reads %s', (moment, time) => expect(readTime(moment)).toBe(time));

  it('rounds what lies between two milliseconds down, or up where it is asked to', () => {
    expect(readTime('2026-01-01T00:00:00.1230001Z')).toBe(NEW_YEAR + 123);
    expect(readTime('2026-01-01T00:00:00.1230001Z', { later: true })).toBe(NEW_YEAR + 124);
    expect(readTime('2026-01-01T00:00:00.1230000Z', { later: true })).toBe(NEW_YEAR + 123);
  });

  it.each([
    '',
    '2026-01-01',
    '2026-01-01T00:00:00',
    '2026-01-01 00:00:00Z',
    '2026-01-01T00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-01T25:00:00Z',
    '2026-06-30T23:59:60Z',
    '2026-01-01T00:00:00+0200',
    '+002026-01-01T00:00:00Z',
    '2026-01-01T00:00:00Z ',
  ])('does not read %j', (moment) => expect(readTime(moment)).toBeUndefined());
});
