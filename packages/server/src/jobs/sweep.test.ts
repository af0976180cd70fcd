import { describe, expect, it } from 'vitest';
import type { Store } from '../storage/store.ts';
import { sweep } from './sweep.ts';

/** A store with so many rows to forget. */
const storeWith = (rows: number): Pick<Store, 'sweep'> & { left: () => number } => {
  let left = rows;
  return {
    left: () => left,
    sweep: async (_, limit) => {
      const count = Math.min(left, limit);
      left -= count;
      return count;
    },
  };
};

describe('sweep', () => {
  it('goes on until nothing is left', async () => {
    const store = storeWith(1_050);
    await sweep(store, 0);
    expect(store.left()).toBe(0);
  });

  it('lets others have their turn between the chunks', async () => {
    const store = storeWith(1_000);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await sweep(store, 0);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});
