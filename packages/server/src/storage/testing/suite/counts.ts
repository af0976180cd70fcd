import { describe, expect, it } from 'vitest';
import type { Opened } from '../store-suite.ts';

const LARGEST = 2 ** 53 - 1;

export const describeCounts = (opened: Opened): void => {
  describe('counts', () => {
    it('are 0 where nothing was counted, and answered in the order of the question', async () => {
      const { store } = opened();
      expect(await store.readCounts([])).toEqual([]);
      await store.raiseCounts([]);
      await store.raiseCounts([
        { key: LARGEST, by: 3 },
        { key: 0, by: 0.25 },
        { key: 7, by: 1 },
      ]);
      expect(await store.readCounts([7, 5, LARGEST, 0, 7])).toEqual([1, 0, 3, 0.25, 1]);
    });

    it('add up, also those of one call under one key', async () => {
      const { store } = opened();
      await store.raiseCounts([
        { key: 7, by: 1 },
        { key: 8, by: 5 },
        { key: 7, by: 0.5 },
      ]);
      await store.raiseCounts([
        { key: 7, by: -0.25 },
        { key: 8, by: 2 },
      ]);
      expect(await store.readCounts([7, 8])).toEqual([1.25, 7]);
    });

    it('are told to fourteen digits and more, also when they have grown for decades', async () => {
      const { store } = opened();
      const sums = [0.1 + 0.2, 1 / 3, 2 ** 200 / 3, 12_345_678.912345, Number.MAX_SAFE_INTEGER];
      await store.raiseCounts(sums.map((by, key) => ({ key, by })));
      const told = await store.readCounts(sums.map((_, key) => key));
      told.forEach((sum, key) => {
        expect(sum / (sums[key] ?? 0)).toBeCloseTo(1, 14);
      });
    });

    it('are gone when nothing is left of them', async () => {
      const { store } = opened();
      await store.raiseCounts([
        { key: 1, by: 0.1 + 0.2 },
        { key: 2, by: 1 },
        { key: 3, by: 1 },
        { key: 4, by: -1 },
        { key: 5, by: 1e-10 },
      ]);
      await store.raiseCounts([
        { key: 1, by: -0.3 },
        { key: 2, by: -1 },
        { key: 3, by: -0.5 },
      ]);
      expect(await store.readCounts([1, 2, 3, 4, 5])).toEqual([0, 0, 0.5, -1, 0]);
    });

    it('are even again when what was taken out too early comes', async () => {
      const { store } = opened();
      const [raise, keys] = [{ key: 8, by: 12.7 }, [7, 8]];
      await store.raiseCounts([{ key: 7, by: 1 }, ...keys.map((key) => ({ key, by: -12.7 }))]);
      await store.raiseCounts([raise, { key: 7, by: 12.7 }]);
      const [kept = 0, gone = 1] = await store.readCounts(keys);
      expect(kept).toBeCloseTo(1, 12);
      expect(gone).toBe(0);
    });

    it('take several hundred keys at once', async () => {
      const { store } = opened();
      const keys = Array.from({ length: 700 }, (_, at) => at * 12_345_678_901);
      await store.raiseCounts(keys.map((key, at) => ({ key, by: at + 1 })));
      expect(await store.readCounts(keys.toReversed())).toEqual(keys.map((_, at) => at + 1).toReversed());
    });

    it('lose nothing of what several stores add at the same moment, in whatever order', async () => {
      const { store, reopen } = opened();
      const stores = [store, await reopen(), await reopen()];
      const keys = Array.from({ length: 60 }, (_, at) => at);
      await Promise.all(
        stores.flatMap((each, at) =>
          Array.from({ length: 8 }, () =>
            each.raiseCounts((at % 2 === 0 ? keys : keys.toReversed()).map((key) => ({ key, by: 1 }))),
          ),
        ),
      );
      expect(await store.readCounts(keys)).toEqual(keys.map(() => 24));
    });

    it('that are faint are dropped in small parts', async () => {
      const { store } = opened();
      const keys = [10, 20, 30, 40, 50, LARGEST];
      await store.raiseCounts(keys.map((key, at) => ({ key, by: at % 2 === 0 ? 0.5 : 2 })));
      expect(await store.dropFaintCounts(-1, 2, 1)).toBe(20);
      expect(await store.readCounts(keys)).toEqual([0, 2, 0.5, 2, 0.5, 2]);
      expect(await store.dropFaintCounts(20, 3, 1)).toBe(50);
      expect(await store.dropFaintCounts(50, 3, 1)).toBe(LARGEST);
      expect(await store.dropFaintCounts(LARGEST, 3, 1)).toBeNull();
      expect(await store.readCounts(keys)).toEqual([0, 2, 0, 2, 0, 2]);
      expect(await store.dropFaintCounts(-1, 1_000, 2)).toBe(LARGEST);
      expect(await store.readCounts([20])).toEqual([2]);
    });
  });
};
