import { expect, it } from 'vitest';
import { Random } from '../population/random.ts';
import type { Counts } from './counts.ts';
import { standardErrorsOf } from './standard-errors.ts';

const counts = (recognised: number, returning: number, falseMerges = 0): Counts => ({
  visits: returning,
  returning,
  recognised,
  firstId: 0,
  falseMerges,
  firstMerges: 0,
  newcomers: 0,
  newcomerMerges: 0,
});

it('has none where all were asked about, or nobody', () => {
  expect(standardErrorsOf(counts(9, 10), 1)).toEqual({ recognition: null, falseMerge: null });
  expect(standardErrorsOf(counts(0, 0), 0.5)).toEqual({ recognition: null, falseMerge: null });
});

it('takes no handful of hits for certainty', () => {
  expect(standardErrorsOf(counts(5, 5), 0.1).recognition).toBeGreaterThan(0.1);
});

it('is as large as samples really spread', () => {
  const random = new Random(1, 'samples');
  const all = Array.from({ length: 2000 }, (_, place) => place % 10 !== 0);
  const asked = 0.4;
  const shares = Array.from({ length: 600 }, () => {
    const sample = all.filter(() => random.chance(asked));
    return sample.filter((hit) => hit).length / sample.length;
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const spread = Math.sqrt(shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length);
  expect(standardErrorsOf(counts(720, 800), asked).recognition).toBeCloseTo(spread, 3);
});
