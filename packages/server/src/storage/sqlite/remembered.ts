import type { SqliteDatabase } from './sqlite-database.ts';

/** What is remembered so that it cannot be used twice unnoticed. Rows are stored by these numbers. */
const KINDS = { nonce: 1, body: 2 } as const;
type Kind = keyof typeof KINDS;

/** Whether it was used, and is not swept away yet. */
export const isRemembered = (database: SqliteDatabase, kind: Kind, hash: string): boolean =>
  database.one('SELECT 1 FROM remembered WHERE hash = ? AND kind = ?', hash, KINDS[kind]) !== undefined;

/** Remembers until `expires`, or until a later time that is stored already. */
export const remember = (database: SqliteDatabase, kind: Kind, hash: string, expires: number): void => {
  database.run(
    `INSERT INTO remembered (hash, kind, expires) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET expires = excluded.expires WHERE excluded.expires > expires`,
    hash,
    KINDS[kind],
    expires,
  );
};

/** Forgets up to `limit` that expired before `time`, the longest expired first; returns how many. */
export const sweepRemembered = (database: SqliteDatabase, time: number, limit: number): number =>
  database.run(
    `DELETE FROM remembered WHERE (hash, kind) IN
       (SELECT hash, kind FROM remembered WHERE expires < ? ORDER BY expires LIMIT ?)`,
    time,
    limit,
  ).changes;
