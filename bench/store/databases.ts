import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@whorl/testing';
import { packEvent } from '../../packages/server/src/storage/event-body.ts';
import { openPostgresStore } from '../../packages/server/src/storage/postgres/open-postgres-store.ts';
import { PostgresDatabase } from '../../packages/server/src/storage/postgres/postgres-database.ts';
import { configure } from '../../packages/server/src/storage/sqlite/configure.ts';
import { openSqliteStore } from '../../packages/server/src/storage/sqlite/open-sqlite-store.ts';
import { SqliteDatabase } from '../../packages/server/src/storage/sqlite/sqlite-database.ts';
import type { EventRecord, Store } from '../../packages/server/src/storage/store.ts';

/** What no store can do without: JSON, deflated, appended to one table, one commit a batch. */
export type Floor = { append(records: EventRecord[]): Promise<void> };

/** An empty store with its floor beside it, in the same kind of database. */
export type Bench = {
  store: Store;
  floor: Floor;
  /** Closes and removes all of it; resolves to the bytes that the store took in the end. */
  finish(): Promise<number>;
};

const openSqlite = async (): Promise<Bench> => {
  const directory = mkdtempSync(join(tmpdir(), 'whorl-bench-'));
  const home = join(directory, 'store');
  const store = await openSqliteStore(home);
  const database = new SqliteDatabase(join(directory, 'floor.db'), 1_000);
  await configure(database, 1_000);
  database.exec('CREATE TABLE bodies (row INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT');
  return {
    store,
    floor: {
      append: async (records) =>
        database.write(() => {
          for (const { event } of records) database.run('INSERT INTO bodies (body) VALUES (?)', packEvent(event));
        }),
    },
    finish: async () => {
      // Closed first: what still lies in the log goes to its place in the file.
      await store.close();
      await database.close();
      const bytes = readdirSync(home).reduce((sum, file) => sum + statSync(join(home, file)).size, 0);
      rmSync(directory, { recursive: true });
      return bytes;
    },
  };
};

const openPostgres = async (): Promise<Bench> => {
  const server = await startPostgres();
  const { url } = await server.createDatabase();
  const store = await openPostgresStore(url);
  const database = new PostgresDatabase(url);
  await database.run('CREATE TABLE bodies (row bigserial PRIMARY KEY, body bytea NOT NULL)');
  return {
    store,
    floor: {
      append: async (records) => {
        const places = records.map((_, at) => `($${at + 1})`).join(', ');
        await database.run(
          `INSERT INTO bodies (body) VALUES ${places}`,
          ...records.map(({ event }) => packEvent(event)),
        );
      },
    },
    finish: async () => {
      const sizes = await database.all<{ bytes: string }>(
        `SELECT sum(pg_total_relation_size(oid)) AS bytes FROM pg_class
         WHERE relnamespace = 'whorl'::regnamespace AND relkind = 'r'`,
      );
      await store.close();
      await database.close();
      await server.stop();
      return Number(sizes[0]?.bytes);
    },
  };
};

/** The databases by name. The PostgreSQL is one of the tests', which does not wait for the disk. */
export const databases = { sqlite: openSqlite, postgres: openPostgres } as const;
export type DatabaseName = keyof typeof databases;
