import { firstProfile } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { NOON, OTHER_WORKSPACE, sampleRecord, WORKSPACE } from '../sample-event.ts';
import { samplePortrait, teaching } from '../sample-portrait.ts';
import type { Opened } from '../store-suite.ts';

const DEVICE = 0xdde;
const OTHER_DEVICE = 0xdde + 1;
const VISITOR = 'visitorAAAAAAAAAAAA1';
const HOUR = 3_600_000;
const lesson = teaching({ deviceKey: DEVICE });

export const describeVisitors = (opened: Opened): void => {
  describe('visitor and visitorsOfDevice', () => {
    it('tell the same of a visitor as recall does', async () => {
      const { store } = opened();
      await store.record([
        sampleRecord({ visitorId: VISITOR }, lesson),
        sampleRecord({ visitorId: VISITOR, time: NOON + 5 }),
      ]);
      const row = {
        visitorId: VISITOR,
        features: { os: 'Linux' },
        profile: firstProfile(samplePortrait()),
        firstSeen: { workspace: NOON, server: NOON },
        lastSeen: { workspace: NOON + 5, server: NOON + 5 },
      };
      expect(await store.visitor(WORKSPACE, VISITOR)).toEqual(row);
      expect(await store.visitorsOfDevice(WORKSPACE, DEVICE, 10)).toEqual([row]);
    });

    it('tell nothing of strangers and of other workspaces', async () => {
      const { store } = opened();
      await store.record([sampleRecord({ visitorId: VISITOR }, lesson)]);
      expect(await store.visitor(OTHER_WORKSPACE, VISITOR)).toBeUndefined();
      expect(await store.visitor(WORKSPACE, 'visitorAAAAAAAAAAAA2')).toBeUndefined();
      expect(await store.visitor(WORKSPACE, '')).toBeUndefined();
      expect(await store.visitorsOfDevice(OTHER_WORKSPACE, DEVICE, 10)).toEqual([]);
      expect(await store.visitorsOfDevice(WORKSPACE, OTHER_DEVICE, 10)).toEqual([]);
    });

    it('name the visitors of a device that came last, last seen first', async () => {
      const { store } = opened();
      const crowd = Array.from({ length: 60 }, (_, at) => `crowd${String(at).padStart(15, '0')}`);
      await store.record(crowd.map((visitorId, at) => sampleRecord({ visitorId, time: NOON + at * HOUR }, lesson)));
      const asked = async (most: number) =>
        (await store.visitorsOfDevice(WORKSPACE, DEVICE, most)).map(({ visitorId }) => visitorId);
      expect(await asked(1_000)).toEqual(crowd.toReversed());
      expect(await asked(2)).toEqual(crowd.toReversed().slice(0, 2));
      // A visit that teaches nothing is one, too.
      await store.record([sampleRecord({ visitorId: crowd[58] ?? '', time: NOON + 100 * HOUR })]);
      expect(await asked(2)).toEqual([crowd[58], crowd[59]]);
    });

    it('follow a visitor to another device', async () => {
      const { store } = opened();
      await store.record([sampleRecord({ visitorId: VISITOR }, lesson)]);
      await store.record([sampleRecord({ visitorId: VISITOR, time: NOON + 1 }, teaching({ deviceKey: OTHER_DEVICE }))]);
      expect(await store.visitorsOfDevice(WORKSPACE, DEVICE, 10)).toEqual([]);
      expect(await store.visitorsOfDevice(WORKSPACE, OTHER_DEVICE, 10)).toHaveLength(1);
    });
  });
};
