import type { Raise } from '@whorl/engine';
import { mergeRaises } from '../merge-raises.ts';
import { FAINTEST } from '../store.ts';
import type { Queries } from './postgres-database.ts';
import { withRows } from './table-columns.ts';

/** The sum under each key in order, 0 where there is none. */
export const readCounts = async (queries: Queries, keys: readonly number[]): Promise<number[]> => {
  const found = await withRows<{ key: number }, { at: number; count: number }>(
    queries,
    'SELECT at, count FROM :rows JOIN whorl.counts USING (key)',
    { key: 'bigint' },
    keys.map((key) => ({ key })),
  );
  const sums = keys.map(() => 0);
  for (const { at, count } of found) sums[at - 1] = count;
  return sums;
};

/** In the order of the keys, so that two servers never wait for each other in a ring. See `Store.raiseCounts`. */
export const raiseCounts = async (queries: Queries, raises: readonly Raise[]): Promise<void> => {
  const faint = await withRows<Raise, { key: number }>(
    queries,
    `WITH raised AS (
       INSERT INTO whorl.counts AS c (key, count) SELECT key, by FROM :rows ORDER BY at
       ON CONFLICT (key) DO UPDATE SET count = c.count + excluded.count RETURNING c.key, c.count
     ) SELECT key FROM raised WHERE abs(count) < ${FAINTEST}`,
    { key: 'bigint', by: 'double precision' },
    mergeRaises(raises),
  );
  if (faint.length === 0) return;
  await queries.run(
    'DELETE FROM whorl.counts WHERE key = ANY ($1::bigint[])',
    faint.map(({ key }) => key),
  );
};

/** Sums that somebody raises at this moment are let be. See `Store.dropFaintCounts`. */
export const dropFaintCounts = async (
  queries: Queries,
  from: number,
  limit: number,
  least: number,
): Promise<number | null> => {
  const looked = await queries.one<{ last: number | null }>(
    'SELECT max(key) AS last FROM (SELECT key FROM whorl.counts WHERE key > $1 ORDER BY key LIMIT $2) looked',
    from,
    limit,
  );
  const last = looked?.last ?? null;
  if (last === null) return null;
  await queries.run(
    `DELETE FROM whorl.counts WHERE key IN (
       SELECT key FROM whorl.counts WHERE key > $1 AND key <= $2 AND count < $3 FOR UPDATE SKIP LOCKED)`,
    from,
    last,
    least,
  );
  return last;
};
