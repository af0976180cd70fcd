import type { EdgeEvent } from '@whorl/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EdgeErasure } from '../../store.ts';
import { sampleEdgeEvent } from '../sample-edge-event.ts';
import { NOON, OTHER_WORKSPACE, sampleRecord, sampleSignals, WORKSPACE } from '../sample-event.ts';
import type { Opened } from '../store-suite.ts';

const V4 = '203.0.113.9';
const V6 = '2001:db8:1:2::9';

/** An event of a client with an address of each family. */
const ofBoth = (traits: Partial<EdgeEvent> = {}): EdgeEvent => {
  const sample = sampleEdgeEvent({ ...traits, ip: V4 });
  const data = { ...sampleSignals(V4).ipInfo.data, ...sampleSignals(V6).ipInfo.data };
  return { ...sample, signals: { ...sample.signals, ipInfo: { ...sample.signals.ipInfo, data } } };
};

const events = {
  v4: sampleEdgeEvent({ ip: V4, time: NOON }),
  v4Later: sampleEdgeEvent({ ip: V4, time: NOON + 40 * 24 * 60 * 60_000, environmentId: null }),
  v6: sampleEdgeEvent({ ip: V6, time: NOON + 2 }),
  both: ofBoth({ time: NOON + 3 }),
  neighbour: sampleEdgeEvent({ ip: '2001:db8:1:2::a', time: NOON + 4 }),
  customer: sampleEdgeEvent({ ip: '198.51.100.7', time: NOON + 5, linkedId: 'customer\0 17' }),
  other: sampleEdgeEvent({ ip: '198.51.100.8', time: NOON + 5, linkedId: 'customer 17' }),
};
type Name = keyof typeof events;
const elsewhere = sampleEdgeEvent({ ip: V4, workspaceId: OTHER_WORKSPACE, linkedId: 'customer 17' });

export const describeEraseEdge = (opened: Opened): void => {
  /** The names of the events that are still there. */
  const left = async (): Promise<string[]> => {
    const { store } = opened();
    const found = await Promise.all(
      Object.entries(events).map(async ([name, event]) => {
        const stored = await store.edgeEvent({ workspaceId: WORKSPACE }, event.id);
        return stored === undefined ? [] : [name];
      }),
    );
    return found.flat();
  };

  describe('eraseEdge', () => {
    beforeEach(async () => {
      await opened().store.recordEdge([...Object.values(events), elsewhere]);
    });

    const cases: [EdgeErasure, Name[]][] = [
      [{ network: `${V4}/32` }, ['v4', 'v4Later', 'both']],
      [{ network: '203.0.113.0/24' }, ['v4', 'v4Later', 'both']],
      [{ network: `::ffff:${V4}/128` }, ['v4', 'v4Later', 'both']],
      [{ network: `${V6}/128` }, ['v6', 'both']],
      [{ network: '2001:db8:1:2::/64' }, ['v6', 'both', 'neighbour']],
      [{ network: '::/0' }, ['v6', 'both', 'neighbour']],
      [{ network: '0.0.0.0/0' }, ['v4', 'v4Later', 'both', 'customer', 'other']],
      [{ network: '192.0.2.0/24' }, []],
      [{ linkedId: 'customer\0 17' }, ['customer']],
      [{ linkedId: 'customer 17' }, ['other']],
      [{ linkedId: 'customer' }, []],
      [{ id: events.customer.id }, ['customer']],
      [{ id: elsewhere.id }, []],
      [{ id: 'nonsense' }, []],
    ];

    it.each(cases)('erases by %j all that is meant, and nothing else', async (erasure, meant) => {
      const { store, reopen } = opened();
      expect(await store.eraseEdge(WORKSPACE, erasure)).toBe(meant.length);
      expect(await left()).toEqual(Object.keys(events).filter((name) => !meant.some((each) => each === name)));
      expect(await store.edgeEvent({ workspaceId: OTHER_WORKSPACE }, elsewhere.id)).toEqual(elsewhere);
      const again = await reopen();
      expect(await again.eraseEdge(WORKSPACE, erasure)).toBe(0);
    });

    it('leaves nothing for a search to find, and visits alone', async () => {
      const { store } = opened();
      const visit = sampleRecord({ ip: V4, linkedId: 'customer 17' });
      await store.record([visit]);
      await store.eraseEdge(WORKSPACE, { network: `${V4}/32` });
      await store.eraseEdge(WORKSPACE, { linkedId: 'customer 17' });
      const search = { workspaceId: WORKSPACE, filter: {}, after: 0, before: NOON * 2, from: null, limit: 99 } as const;
      const page = await store.searchEdgeEvents({ ...search, order: 'newest-first', countUpTo: 100 });
      expect(page.events.map(({ id }) => id).sort()).toEqual(
        [events.v6, events.neighbour, events.customer].map(({ id }) => id).sort(),
      );
      expect(page.total).toBe(3);
      expect(await store.event({ workspaceId: WORKSPACE }, visit.event.id)).toEqual(visit.event);
    });

    it('takes as many as there are, while more arrive', async () => {
      const { store } = opened();
      // Many of one moment: a step may end between them.
      const many = Array.from({ length: 1_203 }, (_, at) =>
        at % 3 === 0
          ? ofBoth({ time: NOON + 100 + Math.floor(at / 400) })
          : sampleEdgeEvent({ ip: `192.0.2.${at % 200}`, time: NOON + 100 + Math.floor(at / 400) }),
      );
      await store.recordEdge(many);
      const erased = store.eraseEdge(WORKSPACE, { network: `${V6}/128` });
      const late = sampleEdgeEvent({ ip: '192.0.2.1', time: NOON + 500 });
      expect(await store.recordEdge([late])).toEqual([true]);
      expect(await erased).toBe(401 + 2);
      for (const [at, { id }] of many.entries()) {
        expect((await store.edgeEvent({ workspaceId: WORKSPACE }, id)) === undefined).toBe(at % 3 === 0);
      }
      expect(await store.edgeEvent({ workspaceId: WORKSPACE }, late.id)).toEqual(late);
    });
  });
};
