import type { Event } from '@whorl/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { sampleRecord, WORKSPACE } from '../testing/sample-event.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { usePostgres } from './testing/use-postgres.ts';

const postgres = usePostgres();

describe('the partitions of the store in PostgreSQL', () => {
  let store: Store;
  let asking: PostgresDatabase;
  let url: string;

  beforeEach(async () => {
    ({ url } = await postgres.migrated());
    store = await openPostgresStore(url);
    asking = new PostgresDatabase(url);
  });

  afterEach(async () => {
    await store.close();
    await asking.close();
  });

  const partitionOf = async (id: string): Promise<string> => {
    const [time = '', tail = ''] = id.split('.');
    const row = await asking.one<{ name: string }>(
      'SELECT relname AS name FROM whorl.events e JOIN pg_class c ON c.oid = e.tableoid WHERE time = $1 AND tail = $2',
      Number(time),
      tail,
    );
    return row?.name ?? 'none';
  };

  it('hold this month and the next two ahead of time', async () => {
    const now = new Date();
    const months = [0, 1, 2].map((ahead) => new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 3)));
    const records = months.map((month) => sampleRecord({ time: month.getTime() }));
    await store.record(records);
    for (const [at, { event }] of records.entries()) {
      const name = months[at]?.toISOString().slice(0, 7).replace('-', '_');
      expect(await partitionOf(event.id)).toBe(`events_${name}`);
    }
  });

  it('come later for events that were before them, which move there whole', async () => {
    const first = Date.UTC(2031, 11, 31, 23, 59, 59, 999);
    const records = [first, first + 1, Date.UTC(2032, 2, 1)].map((time) => sampleRecord({ time }));
    await store.record(records);
    const partitions = async () => Promise.all(records.map(({ event }) => partitionOf(event.id)));
    expect(new Set(await partitions())).toEqual(new Set(['events_rest']));
    // Several servers sweep at the same moment.
    const other = await openPostgresStore(url);
    await Promise.all([store.sweep(first, 10), other.sweep(first, 10)]);
    await other.close();
    expect(await partitions()).toEqual(['events_2031_12', 'events_2032_01', 'events_rest']);
    const found: (Event | undefined)[] = [];
    for (const { event } of records) found.push(await store.event({ workspaceId: WORKSPACE }, event.id));
    expect(found).toEqual(records.map(({ event }) => event));
  });

  it('let a search and a read by id touch only those of their times', async () => {
    const explain = async (sql: string) => JSON.stringify(await asking.all(`EXPLAIN ${sql}`));
    const month = Date.now();
    const read = await explain(
      `SELECT body FROM whorl.events JOIN whorl.event_bodies USING (bucket, time, tail) WHERE bucket = 1 AND time = ${month} AND tail = 'a'`,
    );
    expect(read).not.toContain('_rest');
    expect(read).toContain('Index');
    const searched = await explain(
      `SELECT tail FROM whorl.events WHERE workspace = 'w' AND time > ${month - 1_000} AND time < ${month}`,
    );
    expect(searched).not.toContain('_rest');
  });
});
