import { type RunningPostgres, startPostgres, type TestDatabase } from '@whorl/testing';
import { afterAll, beforeAll } from 'vitest';
import { openPostgresStore } from '../open-postgres-store.ts';
import { PostgresDatabase } from '../postgres-database.ts';

/** One database for one test after the other. */
export type SharedDatabase = {
  url: string;
  /** Deletes every row, for the next test. Much faster than another database. */
  clear(): Promise<void>;
};

/** The PostgreSQL of a test file. */
export type UsedPostgres = {
  /** An empty database. */
  empty(): Promise<TestDatabase>;
  /** A database with the schema. */
  migrated(): Promise<TestDatabase>;
  /** The same database with the schema, each time. */
  shared(): Promise<SharedDatabase>;
};

/** One statement: foreign keys are looked at when all rows are gone. */
const clear = async (url: string): Promise<void> => {
  const database = new PostgresDatabase(url);
  const tables = await database.all<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'whorl'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
       AND relname <> 'migrations'`,
  );
  const deletions = tables.map(({ name }) => `${name} AS (DELETE FROM whorl.${name})`);
  await database.run(`WITH ${deletions.join(', ')} SELECT`);
  // Dead rows would make every later test slower.
  await database.run(`VACUUM ${tables.map(({ name }) => `whorl.${name}`).join(', ')}`);
  await database.close();
};

/** Starts a PostgreSQL before the tests of the file, and stops it after them; its databases go with it. */
export const usePostgres = (): UsedPostgres => {
  let postgres: RunningPostgres | undefined;
  let template: TestDatabase | undefined;
  const made: TestDatabase[] = [];

  beforeAll(async () => {
    postgres = await startPostgres();
    // Migrated once, copied for each test.
    template = await postgres.createDatabase();
    const store = await openPostgresStore(template.url);
    await store.migrate();
    await store.close();
  }, 120_000);

  afterAll(async () => {
    await Promise.all([...made, ...(template === undefined ? [] : [template])].map((database) => database.drop()));
    await postgres?.stop();
  });

  const create = async (from?: string): Promise<TestDatabase> => {
    if (postgres === undefined) throw new Error('PostgreSQL does not run yet');
    const database = await postgres.createDatabase(from);
    made.push(database);
    return database;
  };
  let kept: SharedDatabase | undefined;
  const shared = async (): Promise<SharedDatabase> => {
    if (kept === undefined) {
      const { url } = await create(template?.name);
      kept = { url, clear: () => clear(url) };
    }
    return kept;
  };
  return { empty: () => create(), migrated: () => create(template?.name), shared };
};
