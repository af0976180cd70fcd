import { expect, it } from 'vitest';
import { growthOf, quantileOf } from './growth.ts';
import { replayOf } from './testing/replay-of.ts';

/** A browser comes, comes back and is recognised, ten times over; the last time it is not. */
const steps = Array.from({ length: 10 }, (_, browser) => [
  { browser, id: browser },
  browser < 9 ? { browser, id: browser, found: true } : { browser, id: 99 },
]).flat();

it('tells recognition by stretches of the replay, with the browsers known by their ends', () => {
  const { journal, answers } = replayOf(steps);
  const stretches = growthOf(journal, answers);
  expect(stretches.map(({ known }) => known)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(stretches.map(({ recognition }) => recognition)).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 1, 0]);
});

it('leaves times of what was not asked out of quantiles', () => {
  const { answers } = replayOf([
    { browser: 0, id: 0, asked: false },
    { browser: 0, id: 0, found: true },
    { browser: 0, id: 0, found: true, asked: false },
  ]);
  expect(quantileOf(answers, 0)).toBe(1);
  expect(quantileOf(answers, 0.99)).toBe(1);
});

it('takes quantiles of times within bounds', () => {
  const { answers } = replayOf(steps);
  expect(quantileOf(answers, 0.5)).toBe(10);
  expect(quantileOf(answers, 0.99, 0, 5)).toBe(4);
  expect(quantileOf(answers, 0.5, 3, 3)).toBe(0);
});
