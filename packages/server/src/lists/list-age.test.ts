import { describe, expect, it } from 'vitest';
import { asOf, dueAt, isDue } from './list-age.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 20);

const body = {
  sha256: '0'.repeat(64),
  bytes: 1,
  rows: 100,
  etag: null,
  lastModified: null,
  changedAt: NOW - 30 * HOUR,
  confirmedAt: NOW,
};

describe('asOf', () => {
  it('is the last look, while the upstream changes as it should', () => {
    expect(asOf(body, { mayRest: null })).toBe(NOW);
    expect(asOf(body, { mayRest: 31 * HOUR })).toBe(NOW);
  });

  it('is the last change, once the upstream has rested for too long', () => {
    expect(asOf(body, { mayRest: 12 * HOUR })).toBe(NOW - 30 * HOUR);
  });
});

describe('dueAt', () => {
  const source = { every: HOUR };
  const problem = (times: number) => ({ body, problem: { at: NOW, text: 'x', times } });

  it('is at once for a list that nobody has looked at', () => {
    expect(dueAt(null, source)).toBe(0);
    expect(dueAt({ body: null, problem: null }, source)).toBe(0);
  });

  it('is a period after a look that went well', () => {
    expect(dueAt({ body, problem: null }, source)).toBe(NOW + HOUR);
  });

  it.each([
    [1, 5],
    [2, 10],
    [3, 20],
    [5, 60],
    [1_000, 60],
  ])('comes sooner after %i failures, but never in a hurry', (times, minutes) => {
    expect(dueAt(problem(times), source)).toBe(NOW + minutes * 60_000);
  });

  it('does not wait for a clock that was ahead', () => {
    expect(isDue({ body, problem: null }, source, NOW - 1)).toBe(true);
    expect(isDue({ body, problem: null }, source, NOW + 1)).toBe(false);
    expect(isDue({ body, problem: null }, source, NOW + HOUR)).toBe(true);
  });
});
