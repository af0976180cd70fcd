import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { NOON, randomText, sampleRecord, WORKSPACE } from '../testing/sample-event.ts';
import { sampleAttempt, sampleWebhook, WEBHOOK } from '../testing/sample-webhook.ts';
import { CLAIM } from './delivery-line.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { usePostgres } from './testing/use-postgres.ts';

const postgres = usePostgres();

/** Events of each visitor; no multiple of 7, so that all come when they are taken in steps of 7. */
const ROUNDS = 40;

/** Long after everything here was due. */
const LATER = NOON + 86_400_000;

describe('lines of deliveries in PostgreSQL', () => {
  let stores: Store[];
  let store: Store;
  let asking: PostgresDatabase;

  beforeEach(async () => {
    const { url } = await postgres.migrated();
    store = await openPostgresStore(url);
    stores = [store, await openPostgresStore(url), await openPostgresStore(url)];
    asking = new PostgresDatabase(url);
    await store.createWebhook(sampleWebhook());
  });

  afterEach(async () => {
    await Promise.all([...stores, asking].map((each) => each.close()));
  });

  it('have one head each, whoever records and settles at the same moment', async () => {
    const visitors = [randomText(20), randomText(20), randomText(20)];
    const owed = (at: number) =>
      visitors.map((visitorId) => sampleRecord({ visitorId, time: NOON + at }, { webhookIds: [WEBHOOK] }));
    const settleAll = async (by: Store): Promise<number> => {
      const claimed = await by.claimDeliveries(LATER, 60_000, 10);
      await by.settleDeliveries(
        claimed.map(({ id, claim }) => ({
          deliveryId: id,
          claim,
          attempts: [sampleAttempt()],
          next: { state: 'delivered' },
        })),
      );
      return claimed.length;
    };
    const [first = store, second = store, third = store] = stores;
    let recording = true;
    let settled = 0;
    const settling = [second, third].map(async (by) => {
      while (recording) {
        const count = await settleAll(by);
        settled += count;
      }
    });
    try {
      // Not in the order of the events.
      for (let at = 0; at < ROUNDS; at++) await first.record(owed((at * 7) % ROUNDS));
    } finally {
      recording = false;
      await Promise.all(settling);
    }
    const heads = await asking.all(
      `SELECT count(*) FILTER (WHERE head) AS heads FROM whorl.deliveries WHERE state = 'pending' GROUP BY visitor`,
    );
    for (const line of heads) expect(line).toEqual({ heads: 1 });
    for (let more = 1; more > 0; settled += more) more = await settleAll(first);
    expect(settled).toBe(ROUNDS * visitors.length);
    expect(await store.pendingDeliveries()).toEqual({ count: 0, oldest: null });
  }, 30_000);

  it('are not read beyond their heads, however much waits behind them', async () => {
    const [lines, length] = [200, 50];
    await asking.run(
      `INSERT INTO whorl.deliveries
         (id, webhook, workspace, request_id, visitor, state, created_at, due, head, attempts)
       SELECT 'd' || n, $1, $2, ($3::bigint + n) || '.AAAAAA', 'v' || n % $4::int, 'pending', $3::bigint + n,
         CASE WHEN n < $4::int THEN $5::bigint + 1 ELSE $3::bigint END, n < $4::int, '[]'
       FROM generate_series(0, $4::int * $6::int - 1) AS n`,
      WEBHOOK,
      WORKSPACE,
      NOON,
      lines,
      LATER,
      length,
    );
    await asking.run('ANALYZE whorl.deliveries');
    // No head is due. What the statement does is undone.
    const reads = async (now: number): Promise<string> =>
      asking.write(async (queries) => {
        const sql = CLAIM.replaceAll('$1', String(now))
          .replaceAll('$2', '30000')
          .replaceAll('$3', '8')
          .replace('$4', "'{}'")
          .replace('$5', "'{}'");
        const plan = await queries.allOnce<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, BUFFERS) ${sql}`);
        return plan.map((line) => line['QUERY PLAN']).join('\n');
      });
    const plan = await reads(LATER);
    expect(plan).toContain('deliveries_due');
    const [, pages = ''] = /Buffers: shared hit=(\d+)/.exec(plan) ?? [];
    expect(Number(pages)).toBeLessThan(30);
    expect(await store.claimDeliveries(LATER, 30_000, 8)).toEqual([]);
    expect(await store.claimDeliveries(LATER + 1, 30_000, 8)).toHaveLength(8);
  });
});
