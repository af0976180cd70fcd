import { describe, expect, it } from 'vitest';
import { NOON, OTHER_WORKSPACE, sampleRecord, WORKSPACE } from '../sample-event.ts';
import type { Opened } from '../store-suite.ts';

/** Distribution of events per visitor and day. */
export const describeDailyEvents = (opened: Opened): void => {
  describe('dailyEvents', () => {
    const visits = (visitorId: string, count: number, from = NOON, workspaceId = WORKSPACE) =>
      Array.from({ length: count }, (_, at) => sampleRecord({ visitorId, workspaceId, time: from + at }));

    it('counts the events of each visitor since a time, in this workspace', async () => {
      const { store } = opened();
      await store.record([
        ...visits('visitorAAAAAAAAAAAA1', 3),
        ...visits('visitorAAAAAAAAAAAA2', 1),
        ...visits('visitorAAAAAAAAAAAA2', 2, NOON - 10),
        ...visits('visitorAAAAAAAAAAAA3', 4, NOON, OTHER_WORKSPACE),
      ]);
      const sample = await store.dailyEvents(WORKSPACE, NOON, 100);
      expect(sample.complete).toBe(true);
      expect(sample.counts.sort()).toEqual([1, 3]);
    });

    it('draws no more events than asked for, and still counts each visitor wholly', async () => {
      const { store } = opened();
      await store.record([...visits('visitorAAAAAAAAAAAA4', 5, NOON), ...visits('visitorAAAAAAAAAAAA5', 2, NOON + 10)]);
      const sample = await store.dailyEvents(WORKSPACE, NOON, 3);
      expect(sample.complete).toBe(false);
      expect(sample.counts.sort()).toEqual([2, 5]);
    });

    it('has nothing to say of an empty workspace', async () => {
      expect(await opened().store.dailyEvents(WORKSPACE, NOON, 10)).toEqual({ counts: [], complete: true });
    });
  });
};
