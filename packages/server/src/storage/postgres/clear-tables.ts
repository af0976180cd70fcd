import { setTimeout as pause } from 'node:timers/promises';
import { SharedWork } from '../shared-work.ts';
import { type DueTable, dueTables, isHeld, isSeen, noteCleared, STATISTICS } from './clearing-due.ts';
import type { PostgresDatabase } from './postgres-database.ts';

/**
 * Milliseconds that the cleaning of a table may take. While a table's rewriting waits for others to let go of it, whoever
 * comes later waits, too, visits that are recorded among them.
 */
const PATIENCE = { statement: 20_000, lock: 100 };

/** Milliseconds to wait for transactions that may still see what was erased; nobody waits for this in turn. */
const SEEN_PATIENCE = 1_000;

/** Milliseconds between two looks at them. */
const SEEN_PAUSE = 20;

/** Runs a statement; resolves to whether it came to its end. */
type Maintain = (sql: string) => Promise<boolean>;

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

/** Waits a while until nobody sees any more what was erased from the tables; resolves to whether that is so. */
const untilUnseen = async (database: PostgresDatabase, tables: readonly DueTable[]): Promise<boolean> => {
  const asked = Math.max(...tables.map((table) => table.asked));
  for (const end = performance.now() + SEEN_PATIENCE; await isSeen(database, asked); ) {
    if (performance.now() > end) return false;
    await pause(SEEN_PAUSE);
  }
  return true;
};

/**
 * Writes small tables anew; returns those that it did not get to. Where one is not let go of in time, others may be held by the
 * same program, and each would keep visits waiting, so no further one is tried.
 */
const rewrite = async (
  database: PostgresDatabase,
  maintain: Maintain,
  tables: readonly DueTable[],
): Promise<DueTable[]> => {
  const rest: DueTable[] = [];
  let tried = true;
  for (const table of tables) {
    if (!tried || !table.small || (await isHeld(database, table.name))) rest.push(table);
    else if (await maintain(`VACUUM (FULL, ANALYZE) ${table.name}`)) await noteCleared(database, table);
    else {
      tried = false;
      rest.push(table);
    }
  }
  return rest;
};

/** Clears the tables; what has been done for good is noted, and the rest stays due. */
const clearEach = async (
  database: PostgresDatabase,
  maintain: Maintain,
  tables: readonly DueTable[],
  unseen: boolean,
): Promise<void> => {
  const rest = unseen ? await rewrite(database, maintain, tables) : tables;
  for (const table of rest) {
    const vacuumed = await maintain(`VACUUM (ANALYZE, INDEX_CLEANUP ON, TRUNCATE OFF) ${table.name}`);
    // More is not done to large ones.
    if (unseen && vacuumed && !table.small) await noteCleared(database, table);
  }
};

const clear = async (database: PostgresDatabase): Promise<void> => {
  const due = await dueTables(database);
  if (due.length === 0) return;
  const unseen = await untilUnseen(database, due);
  const parents = await analyzedParents(database);
  await dropStatistics(database, [...due.map(({ name }) => name), ...parents]);
  await database.maintain(PATIENCE, async (maintain) => {
    const of = (statistics: boolean) => due.filter(({ name }) => (name === STATISTICS) === statistics);
    await clearEach(database, maintain, of(false), unseen);
    if (parents.length > 0) await maintain(`ANALYZE ${parents.join(', ')}`);
    // Last, when the statistics have been made anew.
    await clearEach(database, maintain, of(true), unseen);
  });
};

const clearOrWarn = async (database: PostgresDatabase): Promise<void> => {
  try {
    await clear(database);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.emitWarning(`rows were erased, but their tables were not cleared of the dead rows at once: ${reason}`);
  }
};

/** The clearing of each database: one serves all that was erased before it. */
const clearings = new WeakMap<PostgresDatabase, SharedWork>();

/**
 * Has PostgreSQL clear rows that were erased out of the tables and indexes that are due (`noteClearing`), which it would else do
 * at a time of its own. Small tables are written anew, so that no byte of the rows is left in their files; of the others,
 * space that was used becomes free and keeps its bytes until it is written over. The planner's statistics are made and
 * written anew, too, where the user may do that. The rows are gone for every reader by then: where this fails, or
 * somebody holds a table or may still see the rows, the erasure has not failed, and the table stays due for the next call.
 */
export const clearTables = async (database: PostgresDatabase): Promise<void> => {
  const known = clearings.get(database);
  const clearing = known ?? new SharedWork(() => clearOrWarn(database));
  if (known === undefined) clearings.set(database, clearing);
  await clearing.ask();
};
