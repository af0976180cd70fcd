import type { SqliteDatabase } from './sqlite-database.ts';

/** First and last time that any workspace saw such a browser, unix milliseconds; null when never. */
export const findSighting = (database: SqliteDatabase, key: string): { first: number; last: number } | null => {
  const found = database.one<{ first: number; last: number }>('SELECT first, last FROM sightings WHERE key = ?', key);
  return found === undefined ? null : { first: found.first, last: found.last };
};

export const writeSighting = (database: SqliteDatabase, key: string, time: number): void => {
  database.run(
    `INSERT INTO sightings (key, first, last) VALUES (?1, ?2, ?2)
     ON CONFLICT DO UPDATE SET first = min(first, ?2), last = max(last, ?2)`,
    key,
    time,
  );
};
