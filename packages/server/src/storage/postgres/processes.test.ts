import { setTimeout as wait } from 'node:timers/promises';
import type { TestDatabase } from '@whorl/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventRecord, RecordOutcome, Store } from '../store.ts';
import { visit as countedVisit } from '../testing/counted-visits.ts';
import { NOON, randomText, sampleRecord, WORKSPACE } from '../testing/sample-event.ts';
import { teaching } from '../testing/sample-portrait.ts';
import { sampleWebhook } from '../testing/sample-webhook.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { usePostgres } from './testing/use-postgres.ts';

const postgres = usePostgres();

const randomKey = (): number => Math.floor(Math.random() * 2 ** 53);

describe('the store in PostgreSQL under several servers', () => {
  let database: TestDatabase;
  let stores: Store[];

  beforeEach(async () => {
    database = await postgres.migrated();
    stores = await Promise.all([1, 2, 3, 4].map(() => openPostgresStore(database.url)));
  });

  afterEach(async () => {
    await Promise.all(stores.map((store) => store.close()));
    await database.drop();
  });

  /** Every server records its own at the same moment. */
  const recordAtOnce = (recordsOf: (server: number) => EventRecord[]): Promise<RecordOutcome[][]> =>
    Promise.all(stores.map((store, server) => store.record(recordsOf(server))));

  it('lets one of them record a new browser, and tells the others', async () => {
    for (let round = 0; round < 20; round++) {
      const [key, deviceKey] = [randomKey(), randomKey()];
      const outcomes = await recordAtOnce((server) => [
        sampleRecord(
          { time: NOON + server },
          { ...teaching({ keys: [key], deviceKey }), newcomer: { key, knownVisitors: [] } },
        ),
      ]);
      expect(outcomes.flat().toSorted()).toEqual(['newcomer-known', 'newcomer-known', 'newcomer-known', 'recorded']);
      expect(await stores[0]?.visitorsOfDevice(WORKSPACE, deviceKey, 10)).toHaveLength(1);
    }
  });

  it('records batches of newcomers that overlap in any order without a deadlock', async () => {
    const browsers = Array.from({ length: 40 }, randomKey);
    const shuffled = (seed: number) => browsers.toSorted((a, b) => ((a * (seed + 7)) % 101) - ((b * (seed + 7)) % 101));
    const outcomes = await recordAtOnce((server) =>
      shuffled(server).map((key) =>
        sampleRecord(
          { ip: `203.0.113.${server}`, linkedId: 'guest' },
          { ...teaching({ keys: [key], deviceKey: key }), newcomer: { key, knownVisitors: [] } },
        ),
      ),
    );
    expect(outcomes.flat().filter((outcome) => outcome === 'recorded')).toHaveLength(browsers.length);
    for (const key of browsers) expect(await stores[0]?.visitorsOfDevice(WORKSPACE, key, 10)).toHaveLength(1);
  });

  it('takes a nonce and an id once', async () => {
    for (let round = 0; round < 10; round++) {
      const nonces = Array.from({ length: 10 }, () => randomText(32));
      const byNonce = await recordAtOnce((server) =>
        (server % 2 === 0 ? nonces : nonces.toReversed()).map((nonce) => sampleRecord({}, { nonce })),
      );
      expect(byNonce.flat().filter((outcome) => outcome === 'recorded')).toHaveLength(nonces.length);
      expect(byNonce.flat().filter((outcome) => outcome === 'nonce-used')).toHaveLength(3 * nonces.length);
      const { id } = sampleRecord().event;
      const byId = await recordAtOnce(() => [sampleRecord({ id })]);
      expect(byId.flat().toSorted()).toEqual(['id-taken', 'id-taken', 'id-taken', 'recorded']);
    }
  });

  it('counts every visit of one visitor, address and linked id once, whoever records it', async () => {
    const visit = { visitorId: 'visitorAAAAAAAAAAAA1', ip: '203.0.113.7', linkedId: 'guest' };
    const deviceKey = randomKey();
    const lesson = teaching({ keys: [randomKey()], deviceKey });
    for (let round = 0; round < 10; round++) {
      const outcomes = await recordAtOnce((server) =>
        Array.from({ length: 5 }, (_, at) =>
          sampleRecord({ ...visit, time: NOON + round * 100 + server * 10 + at }, { ...lesson, sightingKey: 'same' }),
        ),
      );
      expect(new Set(outcomes.flat())).toEqual(new Set(['recorded']));
    }
    const [facts] = (await stores[1]?.activity([
      { ...visit, workspaceId: WORKSPACE, scope: WORKSPACE, country: 'CZ', time: NOON + 5_000 },
    ])) ?? [undefined];
    const each = (count: number) => ({ minutes5: count, hour: count, day: count });
    expect(facts).toMatchObject({ visitorEvents: each(201), ipEvents: each(201), linkedIdVisitors: each(1) });
    const found = await stores[2]?.visitorsOfDevice(WORKSPACE, deviceKey, 10);
    expect(found).toMatchObject([{ firstSeen: { workspace: NOON }, lastSeen: { workspace: NOON + 934 } }]);
  });

  it('gives each delivery to one of them, and one of a visitor at a time', async () => {
    const webhook = sampleWebhook({ workspaceId: WORKSPACE });
    await stores[0]?.createWebhook(webhook);
    const visitors = Array.from({ length: 30 }, () => randomText(20));
    const records = visitors.flatMap((visitorId) =>
      [1, 2, 3].map((at) => sampleRecord({ visitorId, time: NOON + at }, { webhookIds: [webhook.id] })),
    );
    await stores[0]?.record(records);
    const order = new Map<string, string[]>(visitors.map((visitor) => [visitor, []]));
    for (let now = NOON + 60_000; ; now += 60_000) {
      const claimed = (await Promise.all(stores.map((store) => store.claimDeliveries(now, 30_000, 20)))).flat();
      if (claimed.length === 0) break;
      expect(new Set(claimed.map(({ visitorId }) => visitorId)).size).toBe(claimed.length);
      for (const { id, claim, requestId, visitorId } of claimed) {
        order.get(visitorId)?.push(requestId);
        const attempt = { time: now, status: 200, error: null, duration: 1 };
        const settlement = { deliveryId: id, claim, attempts: [attempt], next: { state: 'delivered' } as const };
        expect(await stores[1]?.settleDeliveries([settlement])).toEqual([true]);
      }
    }
    for (const requests of order.values()) {
      expect(requests).toHaveLength(3);
      expect(requests).toEqual(requests.toSorted());
    }
  });

  it('erases a visitor while another gives its event a linked id, and leaves nothing of it', async () => {
    const asking = new PostgresDatabase(database.url);
    for (let round = 0; round < 40; round++) {
      const record = sampleRecord({ time: NOON + round });
      const { event } = record;
      const { visitorId } = event.identity;
      await stores[0]?.record([record]);
      await Promise.all([
        stores[1]?.reviseEvent(WORKSPACE, event.id, (known) => ({ ...known, linkedId: `customer ${round}` })),
        wait(round % 8).then(() => stores[2]?.eraseVisitor(WORKSPACE, visitorId)),
      ]);
    }
    for (const table of ['events', 'event_bodies', 'links', 'visitors', 'blocking_keys']) {
      expect(await asking.all(`SELECT * FROM whorl.${table}`)).toEqual([]);
    }
    await asking.close();
  }, 30_000);

  it('erases a visitor while others record it, and counts what came after', async () => {
    const visitorId = 'visitorAAAAAAAAAAAA1';
    const visit = () => sampleRecord({ visitorId, ip: '203.0.113.7', linkedId: 'guest' });
    await stores[0]?.record([visit()]);
    let stopped = false;
    let recorded = 0;
    const recording = Promise.all(
      stores.slice(1).map(async (store) => {
        while (!stopped) recorded += (await store.record([visit(), visit()])).length;
      }),
    );
    for (let round = 0; round < 5; round++) {
      await wait(50);
      await stores[0]?.eraseVisitor(WORKSPACE, visitorId);
    }
    stopped = true;
    await recording;
    expect(recorded).toBeGreaterThan(10);
    await stores[0]?.eraseVisitor(WORKSPACE, visitorId);
    const asked = countedVisit({ visitorId: 'visitorAAAAAAAAAAAA2', linkedId: 'guest', time: NOON + 1 });
    const one = { minutes5: 1, hour: 1, day: 1 };
    expect(await stores[0]?.activity([asked])).toMatchObject([
      { visitorEvents: one, ipEvents: one, linkedIdIps: one, linkedIdVisitors: one },
    ]);
    const asking = new PostgresDatabase(database.url);
    for (const table of ['events', 'event_bodies', 'links', 'sightings', 'sighting_visitors', 'visitors']) {
      const left = await asking.one<{ rows: number }>(`SELECT count(*) AS rows FROM whorl.${table}`);
      expect({ table, rows: left?.rows }).toEqual({ table, rows: 0 });
    }
    await asking.close();
  });
});
