import type { EventRecord } from '../store.ts';
import type { Queries } from './postgres-database.ts';
import { insertRows, withRows } from './table-columns.ts';

/** What is remembered so that it cannot be used twice unnoticed. Rows are stored by these numbers. */
const KINDS = { nonce: 1, body: 2 } as const;
type Kind = keyof typeof KINDS;

type Row = { hash: string; kind: number; expires: number };
const COLUMNS = { hash: 'text', kind: 'smallint', expires: 'bigint' } as const;

/** The hashes among these that were used, and are not swept away yet. */
export const findRemembered = async (queries: Queries, kind: Kind, hashes: readonly string[]): Promise<Set<string>> => {
  const found = await withRows<{ hash: string }, { hash: string }>(
    queries,
    `SELECT hash FROM :rows JOIN whorl.remembered USING (hash) WHERE kind = ${KINDS[kind]}`,
    { hash: 'text' },
    [...new Set(hashes)].map((hash) => ({ hash })),
  );
  return new Set(found.map(({ hash }) => hash));
};

/** Rows in the order of their keys: transactions that write the same ones then wait for each other, and never in a ring. */
const rowsOf = (kind: Kind, entries: Iterable<[hash: string, expires: number]>): Row[] => {
  const latest = new Map<string, number>();
  for (const [hash, expires] of entries) latest.set(hash, Math.max(expires, latest.get(hash) ?? 0));
  return [...latest.keys()].sort().map((hash) => ({ hash, kind: KINDS[kind], expires: latest.get(hash) ?? 0 }));
};

/** Claims the records' nonces; false when one was claimed by somebody else. */
export const claimNonces = async (queries: Queries, records: readonly EventRecord[]): Promise<boolean> => {
  const entries = records.flatMap(({ nonce, nonceExpires }): [string, number][] =>
    nonce === null ? [] : [[nonce, nonceExpires]],
  );
  const rows = rowsOf('nonce', entries);
  return (await insertRows(queries, 'remembered', COLUMNS, rows, 'ON CONFLICT DO NOTHING')) === rows.length;
};

/** Remembers the records' bodies until they expire, or until a later time that is stored already. */
export const rememberBodies = async (queries: Queries, records: readonly EventRecord[]): Promise<void> => {
  const rows = rowsOf(
    'body',
    records.map(({ bodyHash, nonceExpires }) => [bodyHash, nonceExpires]),
  );
  const keepLater = 'ON CONFLICT (hash, kind) DO UPDATE SET expires = GREATEST(remembered.expires, excluded.expires)';
  await insertRows(queries, 'remembered', COLUMNS, rows, keepLater);
};

/** Forgets up to `limit` that expired before `time`, the longest expired first; returns how many. */
export const sweepRemembered = (queries: Queries, time: number, limit: number): Promise<number> =>
  queries.run(
    `DELETE FROM whorl.remembered WHERE (hash, kind) IN (
       SELECT hash, kind FROM whorl.remembered WHERE expires < $1 ORDER BY expires LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    time,
    limit,
  );
