import { VISITORS_PER_KEY } from '../store.ts';
import { type Filed, refiled, type VisitorState } from '../visitor-state.ts';
import type { Queries } from './postgres-database.ts';
import { insertRows, withRows } from './table-columns.ts';

type Row = Filed & { visitor: number };
const COLUMNS = { key: 'bigint', hour: 'integer', visitor: 'bigint' } as const;

/** A visitor, by its number, before and after some events. */
export type Change = { number: number; before: VisitorState; after: VisitorState };

/** For each key in order, the numbers of the visitors under it, latest first, at most `most` of each. */
export const readLines = async (
  queries: Queries,
  keys: readonly number[],
  most = VISITORS_PER_KEY,
): Promise<number[][]> => {
  const found = await withRows<{ key: number }, { at: number; line: number[] }>(
    queries,
    `SELECT at, array_to_json(ARRAY(
       SELECT visitor FROM whorl.blocking_keys k WHERE k.key = given.key ORDER BY hour DESC, visitor DESC LIMIT ${most}
     )) AS line FROM :rows`,
    { key: 'bigint' },
    keys.map((key) => ({ key })),
  );
  const byPlace = new Map(found.map(({ at, line }) => [at, line]));
  return keys.map((_, at) => byPlace.get(at + 1) ?? []);
};

const deleteRows = async (queries: Queries, rows: readonly Row[]): Promise<void> => {
  await withRows<Row, never>(
    queries,
    `DELETE FROM whorl.blocking_keys k USING :rows
     WHERE k.key = given.key AND k.hour = given.hour AND k.visitor = given.visitor`,
    COLUMNS,
    rows,
  );
};

/** Makes the rows under keys agree with the visitors, which the transaction holds. */
export const refile = async (queries: Queries, changes: readonly Change[]): Promise<void> => {
  const gone: Row[] = [];
  const added: Row[] = [];
  for (const { number, before, after } of changes) {
    const rows = refiled(before, after);
    gone.push(...rows.gone.map((row) => ({ ...row, visitor: number })));
    added.push(...rows.added.map((row) => ({ ...row, visitor: number })));
  }
  await deleteRows(queries, gone);
  await insertRows(queries, 'blocking_keys', COLUMNS, added);
};

/** Takes a visitor, which the transaction holds, out of the lines of its keys. */
export const deleteKeys = (queries: Queries, visitor: number, { keys, hour }: VisitorState): Promise<void> =>
  deleteRows(
    queries,
    keys.map((key) => ({ key, hour, visitor })),
  );
