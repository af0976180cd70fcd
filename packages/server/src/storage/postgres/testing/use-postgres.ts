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

/** Dead rows of a table that are let lie: more would make every later test slower. */
const FEW_DEAD_ROWS = 200;

/** Clears one database again and again, by a connection of its own. */
class Clearer {
  readonly #database: PostgresDatabase;
  readonly #dead = new Map<string, number>();

  constructor(url: string) {
    this.#database = new PostgresDatabase(url);
  }

  async clear(): Promise<void> {
    // Asked each time: a test may have made a table.
    const tables = await this.#database.all<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'whorl'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
         AND relname <> 'migrations'`,
    );
    // One statement: foreign keys are looked at when all rows are gone.
    const deletions = tables.map(({ name }) => `${name} AS (DELETE FROM whorl.${name} RETURNING 1)`);
    const counts = tables.map(({ name }) => `SELECT '${name}' AS name, count(*) AS rows FROM ${name}`);
    const deleted = await this.#database.all<{ name: string; rows: number }>(
      `WITH ${deletions.join(', ')} ${counts.join(' UNION ALL ')}`,
    );
    for (const { name, rows } of deleted) this.#dead.set(name, rows + (this.#dead.get(name) ?? 0));
    const full = [...this.#dead.keys()].filter((name) => (this.#dead.get(name) ?? 0) > FEW_DEAD_ROWS);
    if (full.length === 0) return;
    await this.#database.run(`VACUUM ${full.map((name) => `whorl.${name}`).join(', ')}`);
    for (const name of full) this.#dead.delete(name);
  }

  close(): Promise<void> {
    return this.#database.close();
  }
}

/** Starts a PostgreSQL before the tests of the file, and stops it after them; its databases go with it. */
export const usePostgres = (): UsedPostgres => {
  let postgres: RunningPostgres | undefined;
  let template: TestDatabase | undefined;
  const made: TestDatabase[] = [];
  let kept: { url: string; clearer: Clearer } | undefined;

  beforeAll(async () => {
    postgres = await startPostgres();
    // Migrated once, copied for each test.
    template = await postgres.createDatabase();
    const store = await openPostgresStore(template.url);
    await store.migrate();
    await store.close();
  }, 120_000);

  afterAll(async () => {
    await kept?.clearer.close();
    await Promise.all([...made, ...(template === undefined ? [] : [template])].map((database) => database.drop()));
    await postgres?.stop();
  });

  const create = async (from?: string): Promise<TestDatabase> => {
    if (postgres === undefined) throw new Error('PostgreSQL does not run yet');
    const database = await postgres.createDatabase(from);
    made.push(database);
    return database;
  };
  const shared = async (): Promise<SharedDatabase> => {
    if (kept === undefined) {
      const { url } = await create(template?.name);
      kept = { url, clearer: new Clearer(url) };
    }
    const { url, clearer } = kept;
    return { url, clear: () => clearer.clear() };
  };
  return { empty: () => create(), migrated: () => create(template?.name), shared };
};
