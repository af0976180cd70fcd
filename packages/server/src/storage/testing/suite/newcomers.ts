import { describe, expect, it } from 'vitest';
import { VISITORS_PER_KEY } from '../../store.ts';
import { visit } from '../counted-visits.ts';
import { NOON, OTHER_WORKSPACE, sampleRecord, WORKSPACE } from '../sample-event.ts';
import { teaching } from '../sample-portrait.ts';
import type { Opened } from '../store-suite.ts';

const KEY = 0xaa;
const OTHER_KEY = 0xbb;
const RIVAL = 'rivalAAAAAAAAAAAAAA1';

/** A visit of a visitor that is new as far as its judge knew. */
const newcomer = (knownVisitors: string[] = [], key = KEY, traits: Parameters<typeof sampleRecord>[0] = {}) =>
  sampleRecord(traits, { ...teaching({ keys: [key] }), newcomer: { key, knownVisitors } });

export const describeNewcomers = (opened: Opened): void => {
  describe('record of a newcomer', () => {
    it('stores one whom nobody else knows', async () => {
      const { store } = opened();
      expect(await store.record([newcomer()])).toEqual(['recorded']);
    });

    it('refuses one whom another process has recorded meanwhile, and stores nothing of it', async () => {
      const { store, reopen } = opened();
      await (await reopen()).record([newcomer([], KEY, { visitorId: RIVAL })]);
      const late = {
        ...newcomer([], KEY, { linkedId: 'late', ip: '198.51.100.9' }),
        ...teaching({ keys: [KEY, OTHER_KEY] }),
      };
      expect(await store.record([late])).toEqual(['newcomer-known']);
      const { event, nonce, bodyHash, sightingKey } = late;
      const { visitorId } = event.identity;
      expect(await store.event({ workspaceId: WORKSPACE }, event.id)).toBeUndefined();
      const question = {
        workspaceId: WORKSPACE,
        visitorIds: [visitorId],
        keys: [OTHER_KEY],
        nonce: nonce ?? '',
        bodyHash,
        sightingKey,
      };
      expect(await store.recall([question])).toEqual([
        { visitors: [], found: [], read: [0], nonceUsed: false, bodySeen: false, sighting: null },
      ]);
      const request = visit({ visitorId, ip: event.ip, linkedId: 'late' });
      expect(await store.activity([request])).toMatchObject([{ ipEvents: { day: 1 }, linkedIdVisitors: { day: 1 } }]);
      expect(await store.record([{ ...late, newcomer: { key: KEY, knownVisitors: [RIVAL] } }])).toEqual(['recorded']);
    });

    it('stores others of the same call, and those that are known to one another from the same call', async () => {
      const { store } = opened();
      await store.record([newcomer([], OTHER_KEY, { visitorId: RIVAL })]);
      const late = newcomer([], OTHER_KEY);
      expect(await store.record([newcomer(), late, newcomer(), sampleRecord()])).toEqual([
        'recorded',
        'newcomer-known',
        'recorded',
        'recorded',
      ]);
    });

    it('refuses with a newcomer the later visits of the call that were found to be its own', async () => {
      const { store } = opened();
      await store.record([newcomer([], KEY, { visitorId: RIVAL })]);
      const late = newcomer();
      const { visitorId } = late.event.identity;
      const again = sampleRecord({ visitorId, time: NOON + 1 });
      expect(await store.record([late, again, sampleRecord()])).toEqual([
        'newcomer-known',
        'newcomer-known',
        'recorded',
      ]);
      expect(await store.visitor(WORKSPACE, visitorId)).toBeUndefined();
    });

    it('does not take a refused record of the same call for known', async () => {
      const { store } = opened();
      const first = newcomer([], KEY, { visitorId: RIVAL });
      await store.record([first]);
      const again = { ...newcomer([], KEY, { visitorId: RIVAL }), nonce: first.nonce };
      expect(await store.record([again, newcomer()])).toEqual(['nonce-used', 'newcomer-known']);
    });

    it('minds neither other workspaces nor visitors that were known', async () => {
      const { store } = opened();
      await store.record([
        newcomer([], KEY, { workspaceId: OTHER_WORKSPACE }),
        newcomer([], KEY, { visitorId: RIVAL }),
      ]);
      expect(await store.record([newcomer([RIVAL])])).toEqual(['recorded']);
      expect(await store.record([newcomer([RIVAL])])).toEqual(['newcomer-known']);
      expect(await store.record([{ ...newcomer(), newcomer: null }])).toEqual(['recorded']);
    });

    it('takes one whose key leads to a crowd, of whom nobody could know all', async () => {
      const { store } = opened();
      const crowd = Array.from({ length: VISITORS_PER_KEY }, (_, at) =>
        sampleRecord({ time: NOON + at }, teaching({ keys: [KEY] })),
      );
      await store.record(crowd.slice(1));
      expect(await store.record([newcomer()])).toEqual(['newcomer-known']);
      await store.record(crowd.slice(0, 1));
      expect(await store.record([newcomer()])).toEqual(['recorded']);
    });

    it('minds the key of a visitor that has been recorded by another store at the same moment', async () => {
      const { store, reopen } = opened();
      const stores = [store, await reopen(), await reopen()];
      for (let key = 1; key <= 10; key++) {
        const outcomes = await Promise.all(stores.map((each) => each.record([newcomer([], key)])));
        expect(outcomes.flat().toSorted()).toEqual(['newcomer-known', 'newcomer-known', 'recorded']);
      }
    });
  });
};
