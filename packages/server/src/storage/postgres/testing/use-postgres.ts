import { type RunningPostgres, startPostgres, type TestDatabase } from '@whorl/testing';
import { afterAll, beforeAll } from 'vitest';
import { openPostgresStore } from '../open-postgres-store.ts';

/** The PostgreSQL of a test file. */
export type UsedPostgres = {
  /** An empty database. */
  empty(): Promise<TestDatabase>;
  /** A database with the schema. */
  migrated(): Promise<TestDatabase>;
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
  return { empty: () => create(), migrated: () => create(template?.name) };
};
