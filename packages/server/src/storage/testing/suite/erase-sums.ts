import { countNewcomer, firstProfile, MINUTE, type Portrait, type Raise, teachReturn } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { mergeRaises } from '../../merge-raises.ts';
import { asStored } from '../../packed-raises.ts';
import { scopedKey } from '../../scoped-key.ts';
import type { EventRecord } from '../../store.ts';
import { NOON, sampleRecord, WORKSPACE } from '../sample-event.ts';
import { newcomerRaises, SCOPE, samplePortrait, teaching } from '../sample-portrait.ts';
import type { Opened } from '../store-suite.ts';

const DAY = 1440 * MINUTE;
const [VISITOR, OTHER, UNCOUNTED] = ['visitorAAAAAAAAAAAA1', 'visitorAAAAAAAAAAAA2', 'visitorAAAAAAAAAAAA3'];

const scoped = (raises: readonly Raise[]): Raise[] => raises.map(({ key, by }) => ({ key: scopedKey(SCOPE, key), by }));

const visit = (visitorId: string, portrait: Portrait, raises: readonly Raise[]): EventRecord =>
  sampleRecord({ visitorId, time: portrait.minute * MINUTE + 59_999 }, teaching({ portrait, raises }));

/** What is added to the sums for these, a raise a key. */
const sumsOf = (records: readonly EventRecord[]): Raise[] =>
  mergeRaises(records.flatMap(({ lesson, event }) => asStored(lesson?.raises ?? [], event.time)));

export const describeEraseSums = (opened: Opened): void => {
  describe('eraseVisitor, of sums', () => {
    it('takes back what the visits were counted for, each with the weight of its time, and nothing else', async () => {
      const { store } = opened();
      const first = samplePortrait({}, NOON);
      const moved = samplePortrait({ address: '198.51.100.9', timezone: 'Asia/Tokyo' }, NOON + DAY);
      const back = teachReturn(() => 0, moved, firstProfile(first), [{ key: 77, read: 2 }], true);
      // New by about a half, and the first to show most of it; the other one shows the same after it.
      const its = [visit(VISITOR, first, newcomerRaises(first, 0.512_345)), visit(VISITOR, moved, scoped(back))];
      const others = [visit(OTHER, first, scoped(countNewcomer(() => 1, first, 0.9)))];
      await store.record([...its, ...others, sampleRecord({ visitorId: UNCOUNTED })]);
      await store.raiseCounts(sumsOf([...its, ...others]));
      const keys = sumsOf([...its, ...others]).map(({ key }) => key);
      const before = await store.readCounts(keys);
      await store.eraseVisitor(WORKSPACE, UNCOUNTED);
      expect(await store.readCounts(keys)).toEqual(before);
      await store.eraseVisitor(WORKSPACE, VISITOR);
      const expected = new Map(sumsOf(others).map(({ key, by }) => [key, by]));
      expect([expected.size > 10, keys.length - expected.size > 10]).toEqual([true, true]);
      for (const [at, sum] of (await store.readCounts(keys)).entries()) {
        const left = expected.get(keys[at] ?? 0);
        if (left === undefined) expect(sum).toBe(0);
        else expect(sum / left).toBeCloseTo(1, 12);
      }
    });

    it('takes back all of many visits', async () => {
      const { store } = opened();
      const visits = Array.from({ length: 1_100 }, (_, at) =>
        visit(VISITOR, samplePortrait({}, NOON + at * MINUTE), [{ key: at % 7, by: 1 }]),
      );
      await store.record(visits);
      await store.raiseCounts([...sumsOf(visits), { key: 3, by: 2 }]);
      await store.eraseVisitor(WORKSPACE, VISITOR);
      const [three = 0, ...rest] = await store.readCounts([3, 0, 1, 2, 4, 5, 6]);
      expect(three).toBeCloseTo(2, 10);
      expect(rest).toEqual(rest.map(() => 0));
    });

    it('leaves none of a visitor that another process erases before what it was counted for is added', async () => {
      const { store, reopen } = opened();
      const portrait = samplePortrait();
      const record = visit(VISITOR, portrait, newcomerRaises(portrait, 0.7));
      const [{ key: shared, by } = { key: 0, by: 0 }] = sumsOf([record]);
      await store.raiseCounts([{ key: shared, by: 2 }]);
      await store.record([record]);
      await (await reopen()).eraseVisitor(WORKSPACE, VISITOR);
      const keys = sumsOf([record]).map(({ key }) => key);
      expect((await store.readCounts(keys))[0]).toBeCloseTo(2 - by, 12);
      await store.raiseCounts(sumsOf([record]));
      const [kept = 0, ...gone] = await store.readCounts(keys);
      expect(kept).toBeCloseTo(2, 12);
      for (const sum of gone) expect(Math.abs(sum)).toBeLessThan(1e-12);
    });
  });
};
