import { MINUTE } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { grownBy } from '../storage/grown-by.ts';
import type { CountStore } from '../storage/store.ts';
import { Counts } from './counts.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const DAY = 1440 * MINUTE;

/** A store in memory, which notes what it is asked. */
const memoryStore = () => {
  const sums = new Map<number, number>();
  const asked: number[][] = [];
  let failing = false;
  const store: Pick<CountStore, 'readCounts' | 'raiseCounts'> & CountStore = {
    async readCounts(keys) {
      asked.push([...keys]);
      return keys.map((key) => sums.get(key) ?? 0);
    },
    async raiseCounts(raises) {
      if (failing) throw new Error('locked');
      for (const { key, by } of raises) sums.set(key, (sums.get(key) ?? 0) + by);
    },
    async dropFaintCounts() {
      return null;
    },
  };
  const fail = (now: boolean) => {
    failing = now;
  };
  return { store, sums, asked, fail };
};

describe('Counts', () => {
  it('counts at once for who asks here, and for all with the next flush', async () => {
    const { store, sums } = memoryStore();
    const counts = new Counts(store);
    await counts.prepare([1, 2], NOON);
    counts.raise([{ key: 1, by: 1 }], NOON);
    counts.raise([{ key: 1, by: 0.5 }], NOON);
    expect(counts.at(NOON)(1)).toBeCloseTo(1.5, 9);
    expect(counts.at(NOON)(2)).toBe(0);
    expect(sums.size).toBe(0);
    await counts.flush();
    expect((sums.get(1) ?? 0) / grownBy(NOON / MINUTE)).toBeCloseTo(1.5, 9);
    await counts.flush();
    expect((sums.get(1) ?? 0) / grownBy(NOON / MINUTE)).toBeCloseTo(1.5, 9);
  });

  it('lets what was counted fade: half is left after ninety days', async () => {
    const { store } = memoryStore();
    const counts = new Counts(store);
    counts.raise([{ key: 1, by: 8 }], NOON);
    await counts.flush();
    await counts.prepare([1], NOON + 90 * DAY);
    expect(counts.at(NOON + 90 * DAY)(1)).toBeCloseTo(4, 6);
  });

  it('asks the store once for what it keeps, and again when another server may have raised it', async () => {
    const { store, sums, asked } = memoryStore();
    const counts = new Counts(store);
    await counts.prepare([1, 2, 1], NOON);
    await counts.prepare([1, 2, 3], NOON + 1_000);
    expect(asked).toEqual([[1, 2], [3]]);
    sums.set(1, 4 * grownBy(NOON / MINUTE));
    await counts.prepare([1], NOON + 120_000);
    expect(counts.at(NOON + 120_000)(1)).toBeCloseTo(4, 2);
  });

  it('asks again soon for what few show, and later for what many do', async () => {
    const { store, sums, asked } = memoryStore();
    const counts = new Counts(store);
    sums.set(1, 3 * grownBy(NOON / MINUTE));
    sums.set(2, 300 * grownBy(NOON / MINUTE));
    for (let second = 0; second < 60; second++) await counts.prepare([1, 2], NOON + second * 1_000);
    expect(asked.filter((keys) => keys.includes(1)).length).toBeGreaterThan(1);
    expect(asked.filter((keys) => keys.includes(2))).toHaveLength(1);
  });

  it('learns what another server counts, also under a key that is raised here all the time', async () => {
    const { store, sums } = memoryStore();
    const [here, there] = [new Counts(store), new Counts(store)];
    for (let second = 0; second < 600; second++) {
      const time = NOON + second * 1_000;
      for (const counts of [here, there]) {
        await counts.prepare([1], time);
        counts.raise([{ key: 1, by: 1 }], time);
        await counts.flush();
      }
    }
    const time = NOON + 600_000;
    expect((sums.get(1) ?? 0) / grownBy(time / MINUTE)).toBeCloseTo(1_200, -1);
    expect(here.at(time)(1)).toBeGreaterThan(1_070);
    expect(there.at(time)(1)).toBeGreaterThan(1_070);
  });

  it('never reads many again at once, of those that it read at once', async () => {
    const { store, asked } = memoryStore();
    const counts = new Counts(store);
    const keys = Array.from({ length: 4_096 }, (_, key) => key);
    for (let second = 0; second < 600; second++) await counts.prepare(keys, NOON + second * 1_000);
    const again = asked.slice(1).map((read) => read.length);
    expect(Math.max(...again)).toBeLessThan(keys.length / 10);
    expect(again.reduce((sum, length) => sum + length, 0)).toBeGreaterThan(4 * keys.length);
  });

  it('reads again what was changed by somebody else, and meanwhile knows what it knew', async () => {
    const { store, sums } = memoryStore();
    const counts = new Counts(store);
    sums.set(1, 4 * grownBy(NOON / MINUTE));
    await counts.prepare([1], NOON);
    sums.set(1, 3 * grownBy(NOON / MINUTE));
    counts.readAgain();
    expect(counts.at(NOON)(1)).toBeCloseTo(4, 9);
    await counts.prepare([1], NOON);
    expect(counts.at(NOON)(1)).toBeCloseTo(3, 9);
  });

  it('refuses what is no number, and writes the rest', async () => {
    const { store, sums } = memoryStore();
    const counts = new Counts(store);
    counts.raise([{ key: 1, by: 1 }], NOON);
    expect(() => counts.raise([{ key: 2, by: Number.NaN }], NOON)).toThrow(RangeError);
    await counts.flush();
    expect([...sums.keys()]).toEqual([1]);
  });

  it('reads again once the clock was set back', async () => {
    const { store, asked } = memoryStore();
    const counts = new Counts(store);
    await counts.prepare([1], NOON);
    await counts.prepare([1], NOON - DAY);
    expect(asked).toEqual([[1], [1]]);
  });

  it('takes a sum below nothing for nothing', async () => {
    const { store } = memoryStore();
    const counts = new Counts(store);
    counts.raise([{ key: 1, by: -1 }], NOON);
    await counts.prepare([1], NOON);
    expect(counts.at(NOON)(1)).toBe(0);
  });

  it('knows what was raised before it was asked for, written or not', async () => {
    const { store } = memoryStore();
    const counts = new Counts(store);
    counts.raise([{ key: 7, by: 1 }], NOON);
    const [, flushed] = [await counts.prepare([7], NOON), counts.flush()];
    counts.raise([{ key: 7, by: 1 }], NOON);
    await flushed;
    expect(counts.at(NOON)(7)).toBeCloseTo(2, 9);
    const other = new Counts(store);
    await counts.flush();
    await other.prepare([7], NOON);
    expect(other.at(NOON)(7)).toBeCloseTo(2, 9);
  });

  it('loses nothing where the store refuses, and says so', async () => {
    const { store, sums, fail } = memoryStore();
    const counts = new Counts(store);
    counts.raise([{ key: 1, by: 1 }], NOON);
    fail(true);
    await expect(counts.flush()).rejects.toThrow('locked');
    counts.raise([{ key: 1, by: 1 }], NOON);
    fail(false);
    await counts.flush();
    expect((sums.get(1) ?? 0) / grownBy(NOON / MINUTE)).toBeCloseTo(2, 9);
  });

  it('keeps no more than it may', async () => {
    const { store, asked } = memoryStore();
    const counts = new Counts(store);
    const many = Array.from({ length: 210_000 }, (_, key) => key);
    for (let round = 0; round < 3; round++)
      await counts.prepare(
        many.map((key) => key + round * 210_000),
        NOON,
      );
    await counts.prepare([5], NOON);
    expect(asked.at(-1)).toEqual([5]);
  });
});
