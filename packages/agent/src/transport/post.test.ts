import { describe, expect, it } from 'vitest';
import { readRetryAfter } from './post.ts';

const NOW = Date.UTC(2026, 0, 1);

describe('Retry-After', () => {
  it.each([
    ['3', 3000],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:00:05 GMT', 5000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ])('%j is %d ms', (header, ms) => expect(readRetryAfter(header, NOW)).toBe(ms));

  it.each([[null], [''], ['soon']])('%j says nothing', (header) => expect(readRetryAfter(header, NOW)).toBeUndefined());
});
