import { describe, expect, it } from 'vitest';
import type { ActivityRequest } from '../../store.ts';
import { asRecord, expected, randomVisits, SPANS, visit } from '../counted-visits.ts';
import { NOON, WORKSPACE } from '../sample-event.ts';
import type { Opened } from '../store-suite.ts';

const NAMES = ['minutes5', 'hour', 'day'] as const;

export const describeActivity = (opened: Opened): void => {
  const record = (visits: ActivityRequest[]) => opened().store.record(visits.map(asRecord));

  describe('activity', () => {
    it('counts the event itself where nothing is recorded', async () => {
      const { store } = opened();
      const one = { minutes5: 1, hour: 1, day: 1 };
      expect(await store.activity([])).toEqual([]);
      expect(await store.activity([visit()])).toEqual([
        {
          visitorEvents: one,
          visitorIps: one,
          visitorLinkedIds: one,
          visitorCountries: one,
          ipEvents: one,
          linkedIdIps: one,
          linkedIdVisitors: one,
        },
      ]);
      expect(await store.activity([visit({ linkedId: null, country: null })])).toMatchObject([
        { visitorLinkedIds: null, visitorCountries: null, linkedIdIps: null, linkedIdVisitors: null },
      ]);
    });

    it.each(NAMES)('counts what is exactly as old as the window %s, and nothing older', async (name) => {
      const { store } = opened();
      await record([
        visit({ time: NOON - SPANS[name], ip: '203.0.113.1' }),
        visit({ time: NOON - SPANS[name] - 1, ip: '203.0.113.2' }),
        visit({ time: NOON + 1, ip: '203.0.113.3' }),
      ]);
      const [facts] = await store.activity([visit()]);
      expect(facts?.visitorEvents[name]).toBe(2);
      expect(facts?.visitorIps[name]).toBe(2);
      expect(facts?.linkedIdIps?.[name]).toBe(2);
    });

    it.each([1, 2, 3, 4, 5, 6])(
      'agrees with counting one by one, whatever the order of recording (%i)',
      async (seed) => {
        const { store, reopen } = opened();
        const other = await reopen();
        const visits = randomVisits(seed, 420);
        for (let at = 0; at < 400; at += 10) {
          await (at % 20 === 0 ? store : other).record(visits.slice(at, at + 10).map(asRecord));
          const asked = visits.slice(at, at + 20);
          const recorded = visits.slice(0, at + 10);
          const facts = await Promise.all(asked.map((one) => store.activity([one])));
          expect(facts).toEqual(asked.map((one) => [expected(one, recorded)]));
        }
      },
    );

    it.each([7, 8, 9])('counts the earlier requests of a call as if they were recorded (%i)', async (seed) => {
      const { store } = opened();
      const visits = randomVisits(seed, 350);
      const recorded = visits.slice(0, 300);
      await record(recorded);
      const asked = visits.slice(300);
      expect(await store.activity(asked)).toEqual(
        asked.map((one, at) => expected(one, [...recorded, ...asked.slice(0, at)])),
      );
    });

    it('agrees also where a linked id has very many values', async () => {
      const { store } = opened();
      const visits = randomVisits(10, 2_500, 2_000).map((one) => ({ ...one, linkedId: 'guest' }));
      const recorded = visits.slice(0, 2_450);
      for (let at = 0; at < recorded.length; at += 490) await record(recorded.slice(at, at + 490));
      const asked = visits.slice(2_450);
      expect(await store.activity(asked)).toEqual(
        asked.map((one, at) => expected(one, [...recorded, ...asked.slice(0, at)])),
      );
    });

    it('counts a linked id that was added later', async () => {
      const { store } = opened();
      const [first] = [visit({ linkedId: null })].map(asRecord);
      if (first === undefined) throw new Error('no record');
      await store.record([first]);
      await store.reviseEvent(WORKSPACE, first.event.id, (event) => ({ ...event, linkedId: 'customer' }));
      const later = visit({ time: NOON + 1, visitorId: 'visitorAAAAAAAAAAAA2', ip: '203.0.113.9' });
      expect(await store.activity([later])).toEqual([expected(later, [visit()])]);
    });

    it('counts a linked id no more that was replaced, but where other events show it', async () => {
      const { store } = opened();
      const visits = ['customer', 'guest', 'guest'].map((linkedId, at) =>
        visit({ linkedId, time: NOON + at, ip: `203.0.113.${at}` }),
      );
      const records = visits.map(asRecord);
      await store.record(records);
      for (const { event } of records.slice(0, 2)) {
        await store.reviseEvent(WORKSPACE, event.id, (known) => ({ ...known, linkedId: 'later' }));
      }
      const now = visits.map((one, at) => (at < 2 ? { ...one, linkedId: 'later' } : one));
      for (const linkedId of ['customer', 'guest', 'later']) {
        const asked = visit({ linkedId, time: NOON + 9 });
        expect(await store.activity([asked])).toEqual([expected(asked, now)]);
      }
    });

    it('is exact for 20,000 events of one address and linked id in a day, by as many visitors', async () => {
      const { store } = opened();
      const visits = Array.from({ length: 20_000 }, (_, at) =>
        visit({
          time: NOON - 4 * at,
          visitorId: `v${String(at).padStart(19, '0')}`,
          ip: `2001:db8::${(at % 5_000).toString(16)}`,
        }),
      ).reverse();
      for (let at = 0; at < visits.length; at += 500) await record(visits.slice(at, at + 500));
      // A call that spans time, so that values leave the windows within it.
      const asked = [0, 3, 3, 40, 1_000].map((after) => visit({ time: NOON + after, ip: '2001:db8::0' }));
      expect(await store.activity(asked)).toEqual(
        asked.map((one, at) => expected(one, [...visits, ...asked.slice(0, at)])),
      );
      const crowd = visits.map((one) => ({ ...one, time: one.time + SPANS.hour }));
      const [alone] = asked;
      if (alone === undefined) throw new Error('nothing asked');
      expect(await store.activity([alone])).toEqual([expected(alone, [...visits, ...crowd])]);
    }, 120_000);
  });
};
