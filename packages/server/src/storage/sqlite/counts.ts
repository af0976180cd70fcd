import type { Raise } from '@whorl/engine';
import { mergeRaises } from '../merge-raises.ts';
import { FAINTEST } from '../store.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/**
 * The sum under each key in order, 0 where there is none, to fifteen digits. One row for all: each row costs more than its
 * look-up.
 */
export const readCounts = (database: SqliteDatabase, keys: readonly number[]): number[] => {
  const row = database.one<{ sums: string }>(
    `SELECT json_group_array(coalesce(count, 0)) AS sums
     FROM json_each(?) asked LEFT JOIN counts ON counts.key = asked.value`,
    JSON.stringify(keys),
  );
  return JSON.parse(row?.sums ?? '[]') as number[];
};

/** Within a transaction. See `Store.raiseCounts`. */
export const raiseCounts = (database: SqliteDatabase, raises: readonly Raise[]): void => {
  const merged = mergeRaises(raises);
  if (merged.length === 0) return;
  database.run(
    `INSERT INTO counts (key, count) SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
    JSON.stringify(merged.map(({ key, by }) => [key, by])),
  );
  // None becomes faint by being raised, but one that was below 0, which is none either way until it is dropped as a faint one.
  const lowered = merged.filter(({ by }) => by < FAINTEST);
  if (lowered.length === 0) return;
  database.run(
    `DELETE FROM counts WHERE key IN (SELECT value FROM json_each(?)) AND abs(count) < ${FAINTEST}`,
    JSON.stringify(lowered.map(({ key }) => key)),
  );
};

/** Within a transaction. See `Store.dropFaintCounts`. */
export const dropFaintCounts = (
  database: SqliteDatabase,
  from: number,
  limit: number,
  least: number,
): number | null => {
  const looked = database.one<{ last: number | null }>(
    'SELECT max(key) AS last FROM (SELECT key FROM counts WHERE key > ? ORDER BY key LIMIT ?)',
    from,
    limit,
  );
  const last = looked?.last ?? null;
  if (last !== null) database.run('DELETE FROM counts WHERE key > ? AND key <= ? AND count < ?', from, last, least);
  return last;
};
