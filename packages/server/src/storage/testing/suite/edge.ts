import type { EdgeEvent, EventFilter, EventSearch } from '@whorl/contract';
import { failed } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { visit as countedVisit } from '../counted-visits.ts';
import { sampleEdgeEvent } from '../sample-edge-event.ts';
import {
  detected,
  ENVIRONMENT,
  NOON,
  OTHER_WORKSPACE,
  sampleRecord,
  sampleSignals,
  unknown,
  WORKSPACE,
} from '../sample-event.ts';
import type { Opened } from '../store-suite.ts';

const search = (traits: Partial<EventSearch> = {}): EventSearch => ({
  workspaceId: WORKSPACE,
  filter: {},
  after: NOON - 1_000,
  before: NOON + 1_000,
  order: 'newest-first',
  from: null,
  limit: 10,
  ...traits,
});

const gptBot: EdgeEvent['botInfo'] = {
  category: 'ai_crawler',
  provider: 'OpenAI',
  name: 'GPTBot',
  identity: 'verified',
  confidence: 'high',
};

const { vpn, ipInfo, proxy } = sampleSignals('2001:db8::7');

/** Two events: of a bot behind a VPN, and of nobody in particular. */
const bot = sampleEdgeEvent({
  linkedId: 'order\0 17',
  ip: '2001:db8::7',
  url: 'https://shop.example/robots.txt',
  tag: { '🌀': ['„víry“'] },
  botInfo: gptBot,
  signals: { vpn: detected({ ...vpn.data, confidence: 'high' }), ipInfo, proxy: unknown(proxy.data) },
});
const anyone = sampleEdgeEvent({ time: NOON + 1, environmentId: null });

export const describeEdge = (opened: Opened): void => {
  describe('recordEdge and edgeEvent', () => {
    it('keep events as they are, each found in its own workspace and environment only', async () => {
      const { store, reopen } = opened();
      expect(await store.recordEdge([])).toEqual([]);
      expect(await store.recordEdge([bot, anyone])).toEqual([true, true]);
      const elsewhere = await reopen();
      expect(await elsewhere.edgeEvent({ workspaceId: WORKSPACE }, bot.id)).toEqual(bot);
      expect(await elsewhere.edgeEvent({ workspaceId: WORKSPACE, environmentId: ENVIRONMENT }, bot.id)).toEqual(bot);
      expect(await store.edgeEvent({ workspaceId: WORKSPACE }, anyone.id)).toEqual(anyone);
      expect(await store.edgeEvent({ workspaceId: WORKSPACE, environmentId: ENVIRONMENT }, anyone.id)).toBeUndefined();
      expect(await store.edgeEvent({ workspaceId: OTHER_WORKSPACE }, bot.id)).toBeUndefined();
      for (const id of ['', 'nonsense', '1700000000000.abcdef', `${bot.id}0`]) {
        expect(await store.edgeEvent({ workspaceId: WORKSPACE }, id)).toBeUndefined();
      }
    });

    it('refuse an id that is taken, in a later call and in the same', async () => {
      const { store } = opened();
      const rival = { ...anyone, id: bot.id, time: bot.time };
      expect(await store.recordEdge([bot, rival, anyone])).toEqual([true, false, true]);
      expect(await store.recordEdge([rival])).toEqual([false]);
      expect(await store.edgeEvent({ workspaceId: WORKSPACE }, bot.id)).toEqual(bot);
    });

    it('stand apart from visits, and count for nobody', async () => {
      const { store } = opened();
      const visit = sampleRecord({ linkedId: 'guest' });
      await store.record([visit]);
      await store.recordEdge([sampleEdgeEvent({ linkedId: 'guest', ip: '198.51.100.1' }), anyone]);
      expect(await store.event({ workspaceId: WORKSPACE }, anyone.id)).toBeUndefined();
      expect(await store.edgeEvent({ workspaceId: WORKSPACE }, visit.event.id)).toBeUndefined();
      expect((await store.searchEvents(search())).events).toEqual([visit.event]);
      const asked = countedVisit({ ip: '198.51.100.1', linkedId: 'guest', country: null, time: NOON + 5 });
      const [facts] = await store.activity([asked]);
      expect(facts).toMatchObject({ ipEvents: { day: 1 }, linkedIdIps: { day: 2 } });
    });
  });

  describe('searchEdgeEvents', () => {
    const found = async (filter: EventFilter) => {
      const page = await opened().store.searchEdgeEvents(search({ filter, countUpTo: 10 }));
      expect(page.total).toBe(page.events.length);
      return page.events;
    };

    it.each<[EventFilter]>([
      [{ environmentIds: [ENVIRONMENT] }],
      [{ linkedId: 'order\0 17' }],
      [{ network: '2001:db8::/64' }],
      [{ url: 'https://shop.example/robots.txt' }],
      [{ hasBotInfo: true }],
      [{ botInfo: { name: ['GPTBot', 'Other'], category: ['ai_crawler'] } }],
      [{ vpnConfidence: 'high' }],
      [{ flags: { vpn: 'detected' } }],
      [{ flags: { proxy: 'notDetected', vpn: 'detected' } }],
    ])('finds by %j what it finds, and nothing else', async (filter) => {
      await opened().store.recordEdge([bot, anyone, { ...bot, ...sampleEdgeEvent({ workspaceId: OTHER_WORKSPACE }) }]);
      expect(await found(filter)).toEqual([bot]);
    });

    it('finds bots by names that hold anything at all', async () => {
      const { store } = opened();
      const names = ['a\0b', 'a\\u0000b', '\ud800'];
      const events = names.map((name) =>
        sampleEdgeEvent({ botInfo: { category: 'other', provider: '', name, identity: 'unknown', confidence: 'low' } }),
      );
      await store.recordEdge(events);
      for (const [at, name] of names.entries()) {
        expect(await found({ botInfo: { name: [name] } })).toEqual([events[at]]);
      }
    });

    it('finds a client with an address of each family by either, and IPv6 apart from IPv4', async () => {
      const { v4 } = sampleSignals('203.0.113.9').ipInfo.data;
      const { v4: v6 } = sampleSignals('2001:db8:9::9').ipInfo.data;
      const both = sampleEdgeEvent({
        time: NOON + 2,
        ip: '203.0.113.9',
        signals: { ...anyone.signals, ipInfo: detected({ ...(v4 && { v4 }), ...(v6 && { v6 }) }) },
      });
      await opened().store.recordEdge([bot, anyone, both]);
      for (const network of ['203.0.113.9/32', '2001:db8:9::9/128', '2001:db8:9::/48', '::ffff:203.0.113.9/128']) {
        expect(await found({ network })).toEqual([both]);
      }
      expect(await found({ network: '0.0.0.0/0' })).toEqual([both, anyone]);
      for (const network of ['::/0', '::/1', '2000::/3']) expect(await found({ network })).toEqual([both, bot]);
      expect(await found({ network: '::/3' })).toEqual([]);
      expect(await opened().store.eraseEdge(WORKSPACE, { network: '2001:db8:9::/48' })).toBe(1);
      expect(await found({})).toEqual([anyone, bot]);
    });

    it.each<[EventFilter]>([
      [{ asn: '7922' }],
      [{ hasBotInfo: false, vpnConfidence: 'medium' }],
      [{ flags: { vpn: 'clear' } }],
      [{ flags: { datacenter: 'clear' }, network: '203.0.113.0/24' }],
    ])('finds by %j what shows little', async (filter) => {
      await opened().store.recordEdge([anyone]);
      expect(await found(filter)).toEqual([anyone]);
    });

    it.each<[EventFilter]>([
      [{ visitorId: 'visitorAAAAAAAAAAAA1' }],
      [{ origin: 'https://shop.example' }],
      [{ bot: ['notDetected', 'good', 'bad'] }],
      [{ suspect: false }],
      [{ minSuspectScore: 0 }],
      [{ rareDeviceBucket: 'not_seen' }],
      [{ proximityId: 'near' }],
      [{ proximityPrecisionRadius: 10 }],
      [{ sdkPlatforms: ['js', 'android', 'ios'] }],
      [{ sdkVersion: '1.2.3' }],
      [{ flags: { incognito: 'notDetected' } }],
      [{ flags: { emailSpam: 'notDetected' } }],
      [{ environmentIds: [] }],
    ])('matches nothing by %j, which edge events do not have', async (filter) => {
      await opened().store.recordEdge([bot, anyone]);
      expect(await found(filter)).toEqual([]);
    });

    it('finds by no value what failed to be judged', async () => {
      const { vpn, proxy } = anyone.signals;
      const signals = { ipInfo: failed({}), vpn: failed(vpn.data), proxy: failed(proxy.data) };
      await opened().store.recordEdge([{ ...anyone, signals }]);
      const tests = ['detected', 'clear', 'notDetected'] as const;
      const flags = (['vpn', 'proxy', 'datacenter'] as const).flatMap((name) =>
        tests.map((test) => ({ [name]: test })),
      );
      for (const filter of [{ vpnConfidence: vpn.data.confidence }, ...flags.map((asked) => ({ flags: asked }))]) {
        expect({ filter, found: await found(filter) }).toEqual({ filter, found: [] });
      }
      expect(await found({})).toHaveLength(1);
    });

    it('pages through them in both orders', async () => {
      const { store } = opened();
      const events = Array.from({ length: 25 }, (_, at) => sampleEdgeEvent({ time: NOON + (at % 4) }));
      await store.recordEdge(events);
      const ordered = events.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      for (const [order, expected] of [
        ['oldest-first', ordered],
        ['newest-first', ordered.toReversed()],
      ] as const) {
        const seen: EdgeEvent[] = [];
        for (let more = true; more; ) {
          const last = seen.at(-1);
          const from = last === undefined ? null : { time: last.time, id: last.id };
          const page = await store.searchEdgeEvents(search({ order, from, limit: 7 }));
          seen.push(...page.events);
          more = page.more;
        }
        expect(seen).toEqual(expected);
      }
    });
  });
};
