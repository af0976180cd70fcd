import type { SqliteDatabase } from './sqlite-database.ts';

type Sighting = { first: number; last: number };

/** Who made a sighting: what a visitor adds to it goes when the visitor is erased. */
type Part = { key: string; workspaceId: string; visitorId: string };

/** A visitor is known by so many sightings; with one more, it withdraws from the oldest. */
export const MOST_SIGHTINGS = 64;

/** First and last time that any workspace saw such a browser, unix milliseconds; null when never. */
export const findSighting = (database: SqliteDatabase, key: string): Sighting | null => {
  const found = database.one<Sighting>('SELECT first, last FROM sightings WHERE key = ?', key);
  return found === undefined ? null : { first: found.first, last: found.last };
};

/** Within a transaction. */
export const writeSighting = (database: SqliteDatabase, { key, workspaceId, visitorId }: Part, time: number): void => {
  database.run(
    `INSERT INTO sightings (key, first, last) VALUES (?1, ?2, ?2)
     ON CONFLICT DO UPDATE SET first = min(first, ?2), last = max(last, ?2)`,
    key,
    time,
  );
  database.run(
    `INSERT INTO sighting_parts (key, workspace, visitor, first, last) VALUES (?1, ?2, ?3, ?4, ?4)
     ON CONFLICT DO UPDATE SET first = min(first, ?4), last = max(last, ?4)`,
    key,
    workspaceId,
    visitorId,
    time,
  );
};

/** Takes a visitor's part out of a sighting, which is then as if only the others had been. Within a transaction. */
export const withdrawSighting = (database: SqliteDatabase, { key, workspaceId, visitorId }: Part): void => {
  database.run(
    'DELETE FROM sighting_parts WHERE key = ? AND workspace = ? AND visitor = ?',
    key,
    workspaceId,
    visitorId,
  );
  const rest = database.one<{ first: number | null; last: number | null }>(
    'SELECT min(first) AS first, max(last) AS last FROM sighting_parts WHERE key = ?',
    key,
  );
  if (rest === undefined || rest.first === null) database.run('DELETE FROM sightings WHERE key = ?', key);
  else database.run('UPDATE sightings SET first = ?, last = ? WHERE key = ?', rest.first, rest.last, key);
};
