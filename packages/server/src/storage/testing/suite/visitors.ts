import { describe, expect, it } from 'vitest';
import { CANDIDATES_PER_KEY } from '../../store.ts';
import { NOON, OTHER_WORKSPACE, sampleRecord, WORKSPACE } from '../sample-event.ts';
import type { Opened } from '../store-suite.ts';

const KEY = '00000000000000aa';
const VISITOR = 'visitorAAAAAAAAAAAA1';
const profile = (...keys: string[]) => ({ profile: { features: { os: 'Linux' }, keys } });

export const describeVisitors = (opened: Opened): void => {
  describe('visitor and visitorsByKey', () => {
    it('tell the same of a visitor as recall does', async () => {
      const { store } = opened();
      await store.record([
        sampleRecord({ visitorId: VISITOR }, profile(KEY)),
        sampleRecord({ visitorId: VISITOR, time: NOON + 5 }),
      ]);
      const row = {
        visitorId: VISITOR,
        features: { os: 'Linux' },
        firstSeen: { workspace: NOON, server: NOON },
        lastSeen: { workspace: NOON + 5, server: NOON + 5 },
      };
      expect(await store.visitor(WORKSPACE, VISITOR)).toEqual(row);
      expect(await store.visitorsByKey(WORKSPACE, KEY)).toEqual([row]);
    });

    it('tell nothing of strangers and of other workspaces', async () => {
      const { store } = opened();
      await store.record([sampleRecord({ visitorId: VISITOR }, profile(KEY))]);
      expect(await store.visitor(OTHER_WORKSPACE, VISITOR)).toBeUndefined();
      expect(await store.visitor(WORKSPACE, 'visitorAAAAAAAAAAAA2')).toBeUndefined();
      expect(await store.visitor(WORKSPACE, '')).toBeUndefined();
      expect(await store.visitorsByKey(OTHER_WORKSPACE, KEY)).toEqual([]);
      expect(await store.visitorsByKey(WORKSPACE, 'ffffffffffffffff')).toEqual([]);
    });

    it('name the last seen of a crowd', async () => {
      const { store } = opened();
      const crowd = Array.from({ length: CANDIDATES_PER_KEY + 3 }, (_, at) => `crowd${String(at).padStart(15, '0')}`);
      await store.record(crowd.map((visitorId, at) => sampleRecord({ visitorId, time: NOON + at }, profile(KEY))));
      const found = await store.visitorsByKey(WORKSPACE, KEY);
      expect(found.map(({ visitorId }) => visitorId)).toEqual(crowd.toReversed().slice(0, CANDIDATES_PER_KEY));
      const asked = async (most: number) =>
        (await store.visitorsByKey(WORKSPACE, KEY, most)).map(({ visitorId }) => visitorId);
      expect(await asked(1_000)).toEqual(crowd.toReversed());
      expect(await asked(2)).toEqual(crowd.toReversed().slice(0, 2));
    });
  });
};
