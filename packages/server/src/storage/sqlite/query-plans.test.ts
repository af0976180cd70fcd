import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { sampleEdgeEvent } from '../testing/sample-edge-event.ts';
import { NOON, sampleRecord, WORKSPACE } from '../testing/sample-event.ts';
import { teaching } from '../testing/sample-portrait.ts';
import { sampleWorkspace } from '../testing/sample-tenancy.ts';
import { sampleAttempt, sampleWebhook, WEBHOOK } from '../testing/sample-webhook.ts';
import { configure } from './configure.ts';
import { migrate } from './migrate.ts';
import { DATABASE_FILE } from './open-sqlite-store.ts';
import { SqliteDatabase, type SqlValue } from './sqlite-database.ts';
import { sqliteStore } from './sqlite-store.ts';

/** A connection that notes what it was asked. */
class NotingDatabase extends SqliteDatabase {
  readonly asked = new Set<string>();

  override one<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    this.asked.add(sql);
    return super.one<Row>(sql, ...values);
  }

  override all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    this.asked.add(sql);
    return super.all<Row>(sql, ...values);
  }

  override run(sql: string, ...values: SqlValue[]) {
    this.asked.add(sql);
    return super.run(sql, ...values);
  }
}

const VISITOR = 'visitorAAAAAAAAAAAA1';

/** Everything that happens for each visit, or for each question of the API. */
const useEverything = async (store: Store): Promise<void> => {
  const visit = { visitorId: VISITOR, ip: '203.0.113.7', linkedId: 'guest' };
  const keys = [0xaa, 0xbb];
  const lesson = teaching({ keys, deviceKey: 0xdd });
  const newcomer = { key: 0xaa, knownVisitors: [] };
  // The second comes late, and the crowd makes the linked id's values many.
  await store.record([
    sampleRecord({ ...visit, time: NOON }, { ...lesson, newcomer, webhookIds: [WEBHOOK] }),
    sampleRecord({ ...visit, time: NOON - 5 }, { webhookIds: [WEBHOOK] }),
  ]);
  await store.record(Array.from({ length: 300 }, (_, at) => sampleRecord({ linkedId: 'guest', time: NOON + at })));
  const request = { workspaceId: WORKSPACE, scope: WORKSPACE, ...visit, country: 'CZ' };
  await store.activity([
    { ...request, time: NOON - 1 },
    { ...request, time: NOON + 1 },
  ]);
  const asked = { visitorIds: [VISITOR], keys, nonce: 'n', bodyHash: 'b', sightingKey: 's' };
  await store.recall([{ workspaceId: WORKSPACE, ...asked }]);
  const runnersUp = [{ visitorId: 'visitorAAAAAAAAAAAA2', score: 0.1 }];
  const { event } = sampleRecord({ ...visit, found: true, runnersUp });
  await store.record([sampleRecord({ visitorId: 'visitorAAAAAAAAAAAA2' }), { ...sampleRecord(), event }]);
  await store.visitorsOfDevice(WORKSPACE, 0xdd, 10);
  await store.raiseCounts([{ key: 1, by: 1 }]);
  await store.readCounts([1, 2]);
  await store.dropFaintCounts(0, 10, 1);
  await store.event({ workspaceId: WORKSPACE }, event.id);
  await store.reviseEvent(WORKSPACE, event.id, (before) => ({ ...before, suspect: true, linkedId: 'other' }));
  await store.keyByHash('a'.repeat(64));
  await store.secret('token');
  await store.recordEdge([sampleEdgeEvent()]);
  await store.edgeEvent({ workspaceId: WORKSPACE }, event.id);
  const [delivery] = await store.claimDeliveries(NOON * 2, 1_000, 10);
  const settled = {
    deliveryId: delivery?.id ?? '',
    claim: delivery?.claim ?? 0,
    attempts: [sampleAttempt()],
    next: { state: 'failed' as const },
  };
  await store.settleDeliveries([settled]);
  await store.resendDelivery(WORKSPACE, delivery?.id ?? '', NOON);
  const before = { createdAt: NOON, id: 'wd' };
  for (const state of ['pending', 'failed', undefined] as const) {
    await store.deliveries({ workspaceId: WORKSPACE, limit: 10, before, ...(state === undefined ? {} : { state }) });
  }
  await store.deliveries({ workspaceId: WORKSPACE, webhookId: WEBHOOK, limit: 10, before });
  await store.ruleset(WORKSPACE, 'AAAAAAAAAAAAAAA1');
  await store.sweep(NOON, 100);
  await store.eraseVisitor(WORKSPACE, 'visitorAAAAAAAAAAAA2');
  await store.eraseVisitor(WORKSPACE, VISITOR);
};

describe('the hot path of the store in SQLite', () => {
  it('reads no table from end to end', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'whorl-plans-'));
    const database = new NotingDatabase(join(directory, DATABASE_FILE), 0);
    await configure(database, 0);
    migrate(database);
    const store = sqliteStore(database);
    await store.createWorkspace(sampleWorkspace());
    await store.createWebhook(sampleWebhook());
    database.asked.clear();
    await useEverything(store);

    const statements = [...database.asked].filter((sql) => !/^(BEGIN|COMMIT|ROLLBACK|PRAGMA)/.test(sql));
    expect(statements.length).toBeGreaterThan(50);
    for (const sql of statements) {
      const steps = database.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => detail);
      // A constant row, a list that was asked for and what a subquery was limited to are no tables, and webhooks are few.
      const scans = steps.filter((step) =>
        /^SCAN (?!CONSTANT ROW|\d+ CONSTANT ROWS|\w+ VIRTUAL TABLE|webhooks|line$|looked$|\(subquery)/.test(step),
      );
      expect({ sql, scans }).toEqual({ sql, scans: [] });
      expect({ sql, sorts: steps.filter((step) => step.includes('TEMP B-TREE')) }).toEqual({ sql, sorts: [] });
    }
    await store.close();
    await rm(directory, { recursive: true });
  });
});
