import { describe, expect, it } from 'vitest';
import type { Store } from '../../store.ts';
import { NOON, sampleRecord, WORKSPACE } from '../sample-event.ts';
import type { Opened } from '../store-suite.ts';

const DAY = 86_400_000;

const sweepAll = async (store: Store, time: number): Promise<number> => {
  let total = 0;
  for (;;) {
    const swept = await store.sweep(time, 7);
    // Seven hashes and seven counter entries.
    expect(swept).toBeLessThanOrEqual(14);
    if (swept === 0) return total;
    total += swept;
  }
};

export const describeSweep = (opened: Opened): void => {
  const remembers = async (nonce: string) => {
    const request = { workspaceId: WORKSPACE, visitorIds: [], keys: [], nonce, bodyHash: nonce, sightingKey: '' };
    const [answer] = await opened().store.recall([request]);
    return [answer?.nonceUsed, answer?.bodySeen];
  };

  describe('sweep', () => {
    it('forgets nonces and bodies after their time, not at it', async () => {
      const { store } = opened();
      await store.record([
        sampleRecord({}, { nonce: 'a', bodyHash: 'a', nonceExpires: NOON + 10 }),
        sampleRecord({}, { nonce: 'b', bodyHash: 'b', nonceExpires: NOON + 11 }),
      ]);
      expect(await store.sweep(NOON + 10, 100)).toBe(0);
      expect(await store.sweep(NOON + 11, 100)).toBe(2);
      expect([await remembers('a'), await remembers('b')]).toEqual([
        [false, false],
        [true, true],
      ]);
      expect(await store.record([sampleRecord({}, { nonce: 'a' }), sampleRecord({}, { nonce: 'b' })])).toEqual([
        'recorded',
        'nonce-used',
      ]);
    });

    it('keeps a body that was seen again until the later time', async () => {
      const { store } = opened();
      await store.record([
        sampleRecord({}, { nonce: null, bodyHash: 'c', nonceExpires: NOON + 20 }),
        sampleRecord({}, { nonce: null, bodyHash: 'c', nonceExpires: NOON + 10 }),
      ]);
      await store.sweep(NOON + 15, 100);
      expect(await remembers('c')).toEqual([false, true]);
    });

    it('deletes in small parts until nothing is left, and leaves events and visitors alone', async () => {
      const { store } = opened();
      const records = Array.from({ length: 20 }, (_, at) =>
        sampleRecord({ time: NOON + at, linkedId: `customer${at}` }),
      );
      await store.record(records);
      const far = NOON + 5 * DAY;
      expect(await sweepAll(store, far)).toBeGreaterThan(40);
      expect(await store.sweep(far, 1000)).toBe(0);
      for (const { event, sightingKey } of records) {
        expect(await store.event({ workspaceId: WORKSPACE }, event.id)).toEqual(event);
        const visitorIds = [event.identity.visitorId];
        const request = { workspaceId: WORKSPACE, visitorIds, keys: [], nonce: '', bodyHash: '', sightingKey };
        expect(await store.recall([request])).toMatchObject([{ visitors: [{}], sighting: { first: event.time } }]);
      }
    });

    it('takes nothing that a window can still reach', async () => {
      const { store } = opened();
      const visit = { visitorId: 'visitorAAAAAAAAAAAA1', linkedId: 'customer' };
      const ips = ['203.0.113.1', '203.0.113.2', '203.0.113.3'];
      await store.record(ips.map((ip, at) => sampleRecord({ ...visit, ip, time: NOON - 10 + at })));
      const time = NOON - 10 + DAY;
      await sweepAll(store, time);
      const request = { ...visit, workspaceId: WORKSPACE, scope: WORKSPACE, ip: '203.0.113.4', country: 'CZ', time };
      expect(await store.activity([request])).toMatchObject([
        { visitorEvents: { day: 4 }, visitorIps: { day: 4 }, linkedIdIps: { day: 4 } },
      ]);
    });
  });
};
