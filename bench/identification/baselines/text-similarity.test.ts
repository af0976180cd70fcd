import { expect, it } from 'vitest';
import { textSimilarity } from './text-similarity.ts';

it.each([
  ['abcd', 'bcde', 0.75],
  ['private Thread currentThread;', 'private volatile Thread currentThread;', 0.8656716417910447],
  ['same', 'same', 1],
  ['', 'something', 0],
])('of %s and %s is what difflib says', (one, other, ratio) => {
  expect(textSimilarity(one, other)).toBeCloseTo(ratio, 12);
});
