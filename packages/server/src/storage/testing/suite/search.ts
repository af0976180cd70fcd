import type { BotInfo, Event, EventPage, EventSearch } from '@whorl/contract';
import { failed } from '@whorl/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Store } from '../../store.ts';
import { matchingEvents } from '../matching-events.ts';
import { randomEvent, randomFilter } from '../random-events.ts';
import { detected, NOON, sampleRecord, sampleSignals, WORKSPACE } from '../sample-event.ts';
import type { Opened } from '../store-suite.ts';

const search = (traits: Partial<EventSearch> = {}): EventSearch => ({
  workspaceId: WORKSPACE,
  filter: {},
  after: NOON - 1,
  before: NOON + 86_400_000,
  order: 'newest-first',
  from: null,
  limit: 100,
  ...traits,
});

const recordAll = async (store: Store, events: readonly Event[]): Promise<void> => {
  await store.record(events.map((event) => ({ ...sampleRecord(), event })));
};

/** All pages, one after the other. `between` runs after each. */
const allPages = async (store: Store, asked: EventSearch, between = async () => {}): Promise<Event[]> => {
  const found: Event[] = [];
  for (let page: EventPage<Event> | undefined; page?.more !== false; await between()) {
    const last = found.at(-1);
    page = await store.searchEvents({ ...asked, from: last === undefined ? null : { time: last.time, id: last.id } });
    if (page.more) expect(page.events).toHaveLength(asked.limit);
    expect(page.events.length).toBeLessThanOrEqual(asked.limit);
    found.push(...page.events);
  }
  return found;
};

const ids = (events: readonly Event[]): string[] => events.map(({ id }) => id);

export const describeSearch = (opened: Opened): void => {
  describe('searchEvents', () => {
    it('finds nothing in an empty store', async () => {
      const { store } = opened();
      expect(await store.searchEvents(search())).toEqual({ events: [], more: false });
      expect(await store.searchEvents(search({ countUpTo: 10 }))).toEqual({ events: [], more: false, total: 0 });
    });

    it('finds bots by names that hold anything at all, as an import may bring them', async () => {
      const { store } = opened();
      const names = ['GPTBot', 'a\0b', 'a\\u0000b', 'a\ufffdb', '\ud800', '"\\'];
      const records = names.map((name) => {
        const info: BotInfo = { category: 'other', provider: name, name, identity: 'unknown', confidence: 'low' };
        return sampleRecord({ signals: { botd: detected({ result: 'good', info }) } });
      });
      await store.record(records);
      for (const [at, name] of names.entries()) {
        for (const botInfo of [{ name: [name] }, { provider: ['nobody', name] }]) {
          const page = await store.searchEvents(search({ filter: { botInfo } }));
          expect(page.events).toEqual([records[at]?.event]);
        }
      }
    });

    it('agrees with looking at every event, whatever is asked for, page by page while events arrive', async () => {
      const { store } = opened();
      const recorded = fc.sample(randomEvent(), { numRuns: 250, seed: 1 });
      await recordAll(store, recorded);
      const asked = fc.record({
        filter: randomFilter,
        after: fc.integer({ min: -1, max: 20 }),
        before: fc.integer({ min: 5, max: 80 }),
        order: fc.constantFrom('newest-first' as const, 'oldest-first' as const),
        limit: fc.integer({ min: 1, max: 40 }),
        countUpTo: fc.integer({ min: 1, max: 300 }),
      });
      const arriving = fc.array(randomEvent(31), { minLength: 3, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(asked, arriving, async ({ after, before, ...rest }, newcomers) => {
          const one = search({ ...rest, after: NOON + after, before: NOON + before });
          const { countUpTo, ...uncounted } = one;
          const expected = matchingEvents(recorded, one);
          const known = new Set(ids(recorded));
          expect((await store.searchEvents(one)).total).toBe(Math.min(expected.length, countUpTo ?? 0));
          const found = await allPages(store, uncounted, async () => {
            const next = newcomers.pop();
            if (next === undefined) return;
            recorded.push(next);
            await recordAll(store, [next]);
          });
          expect(new Set(ids(found)).size).toBe(found.length);
          // What arrived lies behind the last page of the oldest first, and before the first page of the newest.
          expect(found.filter(({ id }) => known.has(id))).toEqual(expected);
          const late = found.filter(({ id }) => !known.has(id));
          expect(ids(late)).toEqual(ids(matchingEvents(late, one)));
        }),
        { numRuns: 150, seed: 2 },
      );
    });

    it('counts times strictly between its two', async () => {
      const { store } = opened();
      const records = [-1, 0, 1, 2, 3].map((after) => sampleRecord({ time: NOON + after }));
      await store.record(records);
      const { events } = await store.searchEvents(search({ after: NOON - 1, before: NOON + 2, order: 'oldest-first' }));
      expect(events).toEqual(records.slice(1, 3).map(({ event }) => event));
    });

    it('pages through hundreds of one moment', async () => {
      const { store } = opened();
      const records = Array.from({ length: 230 }, () => sampleRecord());
      await store.record(records);
      const events = records.map(({ event }) => event);
      for (const order of ['newest-first', 'oldest-first'] as const) {
        const asked = search({ order, limit: 50 });
        expect(ids(await allPages(store, asked))).toEqual(ids(matchingEvents(events, asked)));
      }
    });

    it('goes on after an event that has been erased meanwhile', async () => {
      const { store } = opened();
      const records = Array.from({ length: 5 }, (_, at) => sampleRecord({ time: NOON + at }));
      await store.record(records);
      const [, second, third] = records.toReversed().map(({ event }) => event);
      if (second === undefined || third === undefined) throw new Error('too few events');
      await store.eraseVisitor(WORKSPACE, second.identity.visitorId);
      const from = { time: second.time, id: second.id };
      expect((await store.searchEvents(search({ from }))).events[0]).toEqual(third);
    });

    it('finds by no value what failed to be judged, for the event does not show it', async () => {
      const { store } = opened();
      const { vpn, botd, factoryReset } = sampleSignals('203.0.113.7');
      const plain = sampleRecord();
      const signals = {
        vpn: failed(vpn.data),
        botd: failed(botd.data),
        ipInfo: failed({}),
        factoryReset: failed(factoryReset.data),
      };
      const broken = sampleRecord({ signals });
      await recordAll(store, [plain.event, { ...broken.event, suspectScore: failed({ result: 6 }) }]);
      const filters: EventSearch['filter'][] = [
        { flags: { vpn: 'notDetected' } },
        { flags: { vpn: 'clear' } },
        { flags: { datacenter: 'clear' } },
        { flags: { factoryReset: 'notDetected' } },
        { vpnConfidence: 'medium' },
        { bot: ['notDetected'] },
        { hasBotInfo: false },
        { minSuspectScore: -1 },
      ];
      for (const filter of filters) {
        const { events, total } = await store.searchEvents(search({ filter, countUpTo: 9 }));
        expect({ filter, events, total }).toEqual({ filter, events: [plain.event], total: 1 });
      }
      for (const flags of [{ vpn: 'detected' }, { datacenter: 'detected' }, { factoryReset: 'detected' }] as const) {
        expect((await store.searchEvents(search({ filter: { flags } }))).events).toEqual([]);
      }
      expect((await store.searchEvents(search({ filter: { flags: { incognito: 'clear' } } }))).events).toHaveLength(2);
    });

    it('finds a revised event by what it says now', async () => {
      const { store } = opened();
      const { event } = sampleRecord({ linkedId: 'before' });
      await recordAll(store, [event]);
      await store.reviseEvent(WORKSPACE, event.id, (known) => ({ ...known, linkedId: 'after', suspect: true }));
      const count = async (filter: EventSearch['filter']) =>
        (await store.searchEvents(search({ filter }))).events.length;
      expect(await count({ linkedId: 'before' })).toBe(0);
      expect(await count({ suspect: false })).toBe(0);
      expect(await count({ linkedId: 'after', suspect: true })).toBe(1);
    });

    it('finds the few events of a network among very many of others, and the many', async () => {
      const { store } = opened();
      for (let at = 0; at < 5_000; at += 500) {
        await store.record(
          Array.from({ length: 500 }, (_, more) => sampleRecord({ time: NOON + at + more, ip: '198.51.100.9' })),
        );
      }
      const rare = [NOON + 3, NOON + 4_000].map((time) => sampleRecord({ time, ip: '203.0.113.200' }));
      await store.record(rare);
      const few = await store.searchEvents(search({ filter: { network: '203.0.113.128/25' }, countUpTo: 9_999 }));
      expect(few).toEqual({ events: rare.toReversed().map(({ event }) => event), more: false, total: 2 });
      const many = await store.searchEvents(
        search({ filter: { network: '198.51.100.0/24' }, limit: 3, order: 'oldest-first', countUpTo: 9_999 }),
      );
      expect(many.events.map(({ time }) => time)).toEqual([NOON, NOON + 1, NOON + 2]);
      expect(many).toMatchObject({ more: true, total: 5_000 });
    });
  });
};
