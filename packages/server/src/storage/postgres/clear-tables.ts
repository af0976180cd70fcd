import { SharedWork } from '../shared-work.ts';
import type { PostgresDatabase } from './postgres-database.ts';

/**
 * Milliseconds that the cleaning of a table may take; what is left then is autovacuum's. While a table's rewriting waits
 * for others to let go of it, whoever comes later waits, too.
 */
const PATIENCE = { statement: 20_000, lock: 1_000 };

/** Tables are written anew up to this size in bytes, indexes included: less than a second, in which nobody else uses them. */
const SMALL = 64 * 1_024 * 1_024;

/** Those of the tables that are small. */
const smallOnes = async (database: PostgresDatabase, tables: readonly string[]): Promise<string[]> => {
  const rows = await database.all<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE pg_total_relation_size(name::regclass) <= $2',
    tables,
    SMALL,
  );
  return rows.map(({ name }) => name);
};

/** Partitioned tables of ours for which somebody had statistics made; PostgreSQL itself does not. */
const analyzedParents = async (database: PostgresDatabase): Promise<string[]> => {
  const rows = await database.all<{ name: string }>(
    "SELECT DISTINCT 'whorl.' || tablename AS name FROM pg_stats WHERE schemaname = 'whorl' AND inherited",
  );
  return rows.map(({ name }) => name);
};

/**
 * Throws the planner's statistics of tables away, where PostgreSQL can do that (18 and later): it makes none for a table that
 * has become empty, and so would keep the old ones.
 */
const dropStatistics = async (database: PostgresDatabase, tables: readonly string[]): Promise<void> => {
  const drop = 'pg_catalog.pg_clear_attribute_stats(text, text, text, boolean)';
  const known = await database.one<{ known: boolean }>('SELECT to_regprocedure($1) IS NOT NULL AS known', drop);
  if (known?.known !== true) return;
  await database.run(
    `SELECT pg_catalog.pg_clear_attribute_stats(schemaname::text, tablename::text, attname::text, inherited)
     FROM pg_stats WHERE schemaname = 'whorl' AND 'whorl.' || tablename = ANY ($1::text[])`,
    tables,
  );
};

/** Writes the small tables anew, and has those cleared that are large or that somebody does not let go of. */
const rewriteOrClear = async (
  database: PostgresDatabase,
  tables: readonly string[],
  parents: readonly string[],
): Promise<void> => {
  const small = await smallOnes(database, tables);
  await database.maintain(PATIENCE, async (maintain) => {
    const rest = new Set(tables);
    for (const table of small) if (await maintain(`VACUUM (FULL, ANALYZE) ${table}`)) rest.delete(table);
    if (rest.size > 0) {
      await maintain(`VACUUM (ANALYZE, SKIP_LOCKED, INDEX_CLEANUP ON, TRUNCATE OFF) ${[...rest].join(', ')}`);
    }
    if (parents.length > 0) await maintain(`ANALYZE ${parents.join(', ')}`);
    await maintain('VACUUM (FULL) pg_catalog.pg_statistic');
  });
};

const clear = async (database: PostgresDatabase, tables: readonly string[]): Promise<void> => {
  try {
    const parents = await analyzedParents(database);
    await dropStatistics(database, [...tables, ...parents]);
    await rewriteOrClear(database, tables, parents);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.emitWarning(`rows were erased, but their tables were not cleared of the dead rows at once: ${reason}`);
  }
};

/** What is to be cleared next in each database: one clearing serves all that was erased before it. */
const clearings = new WeakMap<PostgresDatabase, { due: Set<string>; shared: SharedWork }>();

const clearingOf = (database: PostgresDatabase) => {
  const known = clearings.get(database);
  if (known !== undefined) return known;
  const due = new Set<string>();
  const shared = new SharedWork(() => {
    const tables = [...due];
    due.clear();
    return clear(database, tables);
  });
  clearings.set(database, { due, shared });
  return { due, shared };
};

/**
 * Has PostgreSQL clear rows that were erased out of tables and indexes, which it would else do at a time of its own. Small
 * tables are written anew, so that no byte of the rows is left in their files; of the others, space that was used becomes free
 * and keeps its bytes until it is written over. The planner's statistics, which hold values of some rows, are made and
 * written anew, too, where the user may do that. The rows are gone for every reader by then: where this fails, the erasure has
 * not, and autovacuum will come by.
 */
export const clearTables = async (database: PostgresDatabase, tables: readonly string[]): Promise<void> => {
  if (tables.length === 0) return;
  const { due, shared } = clearingOf(database);
  for (const table of tables) due.add(table);
  await shared.ask();
};
