import type { PostgresDatabase, Queries } from './postgres-database.ts';

/** The planner's statistics, which hold values of some rows. */
export const STATISTICS = 'pg_catalog.pg_statistic';

/** Tables are written anew up to this size in bytes, indexes included. */
const SMALL = 64 * 1_024 * 1_024;

/** A table whose files may still hold bytes of rows that were erased. */
export type DueTable = { name: string; asked: number; small: boolean };

/**
 * Notes that the tables are to be cleared of what this transaction erases, whoever does it. To be called last in a
 * transaction: others that erase wait for it from here on.
 */
export const noteClearing = async (queries: Queries, tables: Iterable<string>): Promise<void> => {
  await queries.run(
    `INSERT INTO whorl.clearing_due AS known (name, asked)
     SELECT name, pg_current_xact_id()::text::bigint FROM unnest($1::text[]) AS name ORDER BY name
     ON CONFLICT (name) DO UPDATE SET asked = greatest(excluded.asked, known.asked + 1)`,
    [...new Set([...tables, STATISTICS])],
  );
};

/** The tables that are due, without those that somebody has dropped meanwhile. */
export const dueTables = async (database: PostgresDatabase): Promise<DueTable[]> => {
  await database.run('DELETE FROM whorl.clearing_due WHERE to_regclass(name) IS NULL');
  return database.all<DueTable>(
    `SELECT name, asked, pg_total_relation_size(to_regclass(name)) <= $1 AS small
     FROM whorl.clearing_due ORDER BY name`,
    SMALL,
  );
};

/** Forgets that a table was due, unless more has been erased from it since. */
export const noteCleared = async (database: PostgresDatabase, { name, asked }: DueTable): Promise<void> => {
  await database.run('DELETE FROM whorl.clearing_due WHERE name = $1 AND asked = $2', name, asked);
};

/**
 * Whether anybody may still see rows that were deleted by the transaction `asked` or before: PostgreSQL keeps them as long, also
 * where it writes their table anew. These are transactions that were open then, prepared ones, and standbys.
 */
export const isSeen = async (database: PostgresDatabase, asked: number): Promise<boolean> => {
  const seen = await database.one(
    `SELECT 1 FROM (
       SELECT unnest(ARRAY[backend_xmin, backend_xid]) AS xid FROM pg_catalog.pg_stat_activity
       WHERE pid <> pg_backend_pid()
         AND (datid IS NULL OR datid = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))
       UNION ALL SELECT transaction FROM pg_catalog.pg_prepared_xacts WHERE database = current_database()
       UNION ALL SELECT xmin FROM pg_catalog.pg_replication_slots) AS others
     WHERE xid IS NOT NULL AND age(xid) >= age($1::bigint::text::xid8::xid) LIMIT 1`,
    asked,
  );
  return seen !== undefined;
};

/** Whether a transaction that has been open for over a second holds the table, as that of `pg_dump` does. */
export const isHeld = async (database: PostgresDatabase, name: string): Promise<boolean> => {
  const held = await database.one(
    `SELECT 1 FROM pg_catalog.pg_locks JOIN pg_catalog.pg_stat_activity USING (pid)
     WHERE relation = to_regclass($1) AND granted AND pid <> pg_backend_pid()
       AND database IN (0, (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()))
       AND xact_start < clock_timestamp() - interval '1 second' LIMIT 1`,
    name,
  );
  return held !== undefined;
};
