import { describe, expect, it } from 'vitest';
import { foundBy } from './found-by.ts';
import { MOST_FOUND } from './store.ts';

describe('foundBy', () => {
  it('names each visitor once, with all lines that lead to it, in the order of the first', () => {
    expect([...foundBy([[5, 3], [], [3, 9], [9]])]).toEqual([
      [5, 0b0001],
      [3, 0b0101],
      [9, 0b1100],
    ]);
    expect([...foundBy([])]).toEqual([]);
  });

  it('takes the first until there are enough, and still notes who else leads to them', () => {
    const line = Array.from({ length: MOST_FOUND }, (_, at) => at);
    const found = foundBy([line, [MOST_FOUND, 0]]);
    expect(found.size).toBe(MOST_FOUND);
    expect([found.get(0), found.get(1), found.get(MOST_FOUND)]).toEqual([0b11, 0b01, undefined]);
  });
});
