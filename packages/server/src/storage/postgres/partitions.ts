import { lockSchema } from './advisory-locks.ts';
import type { PostgresDatabase, Queries } from './postgres-database.ts';

/** Tables whose rows are events, in ranges of their time. */
const PARTITIONED = ['events', 'event_bodies', 'edge_events'] as const;

/** Partitions are made for so many months after the current one. */
const MONTHS_AHEAD = 2;

/** A calendar month, UTC: its first millisecond, that of the next, and `2025_06`. */
type Month = { from: number; to: number; name: string };

/** Months after January of the year 0. */
const monthAt = (count: number): Month => {
  const [year, month] = [Math.floor(count / 12), count % 12];
  return {
    from: Date.UTC(year, month),
    to: Date.UTC(year, month + 1),
    name: `${year}_${String(month + 1).padStart(2, '0')}`,
  };
};

const monthsFrom = (time: number): Month[] => {
  const date = new Date(time);
  const first = date.getUTCFullYear() * 12 + date.getUTCMonth();
  return Array.from({ length: MONTHS_AHEAD + 1 }, (_, ahead) => monthAt(first + ahead));
};

const missingMonths = async (queries: Queries, time: number): Promise<Month[]> => {
  const months = monthsFrom(time);
  // The last of the tables is made last: where it has a month, the others have it as well.
  const there = await queries.all<{ name: string }>(
    `SELECT name FROM unnest($1::text[]) AS name
     JOIN pg_class ON relname = 'edge_events_' || name JOIN pg_namespace n ON n.oid = relnamespace
     WHERE nspname = 'whorl'`,
    months.map(({ name }) => name),
  );
  const known = new Set(there.map(({ name }) => name));
  return months.filter(({ name }) => !known.has(name));
};

/** Makes one partition, and moves into it what has gathered in the default one, which holds what no other one does. */
const makePartition = async (queries: Queries, table: string, { from, to, name }: Month): Promise<void> => {
  const partition = `whorl.${table}_${name}`;
  await queries.run(`CREATE TABLE ${partition} (LIKE whorl.${table} INCLUDING ALL)`);
  await queries.run(
    `WITH moved AS (DELETE FROM whorl.${table}_rest WHERE time >= ${from} AND time < ${to} RETURNING *)
     INSERT INTO ${partition} SELECT * FROM moved`,
  );
  await queries.run(`ALTER TABLE whorl.${table} ATTACH PARTITION ${partition} FOR VALUES FROM (${from}) TO (${to})`);
};

/** Milliseconds between two looks at whether a partition is wanted. */
const PAUSE = 10 * 60_000;

/** Another transaction holds the table. */
const LOCK_NOT_AVAILABLE = '55P03';

/** Makes partitions ahead of time, one server at a time. Rows that come before their partition wait in the default one. */
export class PartitionMaker {
  readonly #database: PostgresDatabase;
  #looked: { month: string; at: number } | undefined;

  constructor(database: PostgresDatabase) {
    this.#database = database;
  }

  /** Makes the partitions of the month of `time` and of the next ones, where it has not looked just now. */
  async make(time: number): Promise<void> {
    const month = monthsFrom(time)[0]?.name ?? '';
    const at = performance.now();
    if (this.#looked?.month === month && at < this.#looked.at + PAUSE) return;
    this.#looked = { month, at };
    if ((await missingMonths(this.#database, time)).length === 0) return;
    try {
      await this.#database.rebuild((queries) => makeMissing(queries, time));
    } catch (error) {
      // A long transaction is in the way. There is time: the next look is made months ahead.
      if (!(error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE)) throw error;
    }
  }
}

const makeMissing = async (queries: Queries, time: number): Promise<void> => {
  await lockSchema(queries);
  await queries.run("SET LOCAL lock_timeout = '1s'");
  for (const month of await missingMonths(queries, time)) {
    for (const table of PARTITIONED) await makePartition(queries, table, month);
  }
};
