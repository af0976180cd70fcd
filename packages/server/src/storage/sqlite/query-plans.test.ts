import { describe, expect, it } from 'vitest';
import { NOON, sampleRecord, WORKSPACE } from '../testing/sample-event.ts';
import { migrate } from './migrate.ts';
import { SqliteDatabase, type SqlValue } from './sqlite-database.ts';
import { SqliteStore } from './sqlite-store.ts';

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

describe('the hot path of SqliteStore', () => {
  it('reads no table from end to end', async () => {
    const database = new NotingDatabase(':memory:', 0);
    migrate(database);
    const store = new SqliteStore(database);
    database.asked.clear();

    const visit = { visitorId: 'visitorAAAAAAAAAAAA1', ip: '203.0.113.7', linkedId: 'guest' };
    const profile = { features: { os: 'Linux' }, keys: ['00000000000000aa'] };
    // The second comes late, and the crowd makes the linked id's values many.
    await store.record([
      sampleRecord({ ...visit, time: NOON }, { profile }),
      sampleRecord({ ...visit, time: NOON - 5 }),
    ]);
    await store.record(Array.from({ length: 300 }, (_, at) => sampleRecord({ linkedId: 'guest', time: NOON + at })));
    const request = { workspaceId: WORKSPACE, ...visit, country: 'CZ' };
    await store.activity([
      { ...request, time: NOON - 1 },
      { ...request, time: NOON + 1 },
    ]);
    const { visitorId } = visit;
    const keys = ['00000000000000aa'];
    await store.recall([
      { workspaceId: WORKSPACE, visitorIds: [visitorId], keys, nonce: 'n', bodyHash: 'b', sightingKey: 's' },
    ]);
    const { event } = sampleRecord(visit);
    await store.record([{ ...sampleRecord(), event }]);
    await store.event({ workspaceId: WORKSPACE }, event.id);
    await store.reviseEvent(WORKSPACE, event.id, (before) => ({ ...before, suspect: true }));
    await store.keyByHash('a'.repeat(64));
    await store.secret('token');
    await store.sweep(NOON, 100);

    const statements = [...database.asked].filter((sql) => !/^(BEGIN|COMMIT|ROLLBACK)/.test(sql));
    expect(statements.length).toBeGreaterThan(25);
    for (const sql of statements) {
      const steps = database.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).map(({ detail }) => detail);
      // A constant row and the list of an IN are no tables.
      const scans = steps.filter((step) => /^SCAN /.test(step) && !/^SCAN (CONSTANT ROW|\d+ CONSTANT ROWS)/.test(step));
      expect({ sql, scans }).toEqual({ sql, scans: [] });
      expect({ sql, sorts: steps.filter((step) => step.includes('TEMP B-TREE')) }).toEqual({ sql, sorts: [] });
    }
    await store.close();
  });
});
