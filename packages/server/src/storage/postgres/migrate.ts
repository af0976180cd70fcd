import { StoreError } from '../store-error.ts';
import { lockSchema } from './advisory-locks.ts';
import { migrations } from './migrations/registry.ts';
import type { PostgresDatabase, Queries } from './postgres-database.ts';

const refusal = (problem: 'not-ours' | 'newer' | 'unsupported', what: string, mend: string): StoreError =>
  new StoreError({ problem, setting: 'WHORL_DATABASE_URL', what, mend });

type Marks = { encoding: string; schema: boolean; steps: boolean; writable: boolean };

const MARKS = `
SELECT
  current_setting('server_encoding') AS encoding,
  EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = 'whorl') AS schema,
  to_regclass('whorl.migrations') IS NOT NULL AS steps,
  NOT pg_is_in_recovery() AND current_setting('transaction_read_only') = 'off' AS writable`;

/**
 * How many steps the database has taken. Throws StoreError when its schema `whorl` is another program's or of a later
 * version of ours, when texts are not kept as UTF-8, and when nothing can be written.
 */
export const schemaVersion = async (queries: Queries, known = migrations.length): Promise<number> => {
  const marks = await queries.one<Marks>(MARKS);
  if (marks === undefined) throw new Error('a SELECT without FROM returned no row');
  if (!marks.writable) {
    throw new StoreError({
      problem: 'not-writable',
      setting: 'WHORL_DATABASE_URL',
      what: 'The database can only be read: it is a standby, or set to read-only',
      mend: 'Name the primary server in the URL.',
    });
  }
  if (marks.encoding !== 'UTF8') {
    throw refusal(
      'unsupported',
      `The database keeps texts as ${marks.encoding}, which cannot hold every letter`,
      "Create one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.",
    );
  }
  if (!marks.schema) return 0;
  if (!marks.steps) {
    throw refusal(
      'not-ours',
      'The database has a schema of the name whorl that is not of this program',
      'Name another database, or rename that schema.',
    );
  }
  const taken = await queries.one<{ version: number }>('SELECT count(*) AS version FROM whorl.migrations');
  const version = taken?.version ?? 0;
  if (version > known) {
    throw refusal(
      'newer',
      `The database was written by a later version of Whorl (schema ${version}, known up to ${known})`,
      'Start that version or a later one, or restore a backup from before the upgrade.',
    );
  }
  return version;
};

/**
 * Takes the steps that the database lacks, all or none, one process at a time; whoever comes second finds nothing to
 * do. Returns the names of the steps taken.
 */
export const migrate = (database: PostgresDatabase, steps = migrations): Promise<string[]> =>
  database.rebuild(async (queries) => {
    await lockSchema(queries);
    const version = await schemaVersion(queries, steps.length);
    if (version === 0) {
      await queries.run('CREATE SCHEMA IF NOT EXISTS whorl');
      await queries.run(
        'CREATE TABLE IF NOT EXISTS whorl.migrations (number int PRIMARY KEY, name text NOT NULL, taken_at timestamptz NOT NULL DEFAULT now())',
      );
    }
    const missing = steps.slice(version);
    for (const [at, { name, sql }] of missing.entries()) {
      // Without values a query may hold several statements.
      await queries.run(sql);
      await queries.run('INSERT INTO whorl.migrations (number, name) VALUES ($1, $2)', version + at + 1, name);
    }
    return missing.map(({ name }) => name);
  });
