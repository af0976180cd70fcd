import type { Features } from '@whorl/engine';
import { CANDIDATES_PER_KEY, type EventRecord, type VisitorRow } from '../store.ts';
import { MOST_SIGHTINGS, withdrawSighting } from './sightings.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

type Seen = { first_seen: number; first_seen_server: number; last_seen: number };
type Row = Seen & { visitor: string; features: string };
type Profile = Seen & { features: string; keys: string; sightings: string; trusted_at: number | null };

const toVisitor = (row: Row): VisitorRow => ({
  visitorId: row.visitor,
  features: JSON.parse(row.features) as Features,
  firstSeen: { workspace: row.first_seen, server: row.first_seen_server },
  lastSeen: { workspace: row.last_seen, server: row.last_seen },
});

export const findVisitor = (
  database: SqliteDatabase,
  workspaceId: string,
  visitorId: string,
): VisitorRow | undefined => {
  const row = database.one<Row>(
    `SELECT visitor, features, first_seen, first_seen_server, last_seen FROM visitors
     WHERE visitor = ? AND workspace = ?`,
    visitorId,
    workspaceId,
  );
  return row === undefined ? undefined : toVisitor(row);
};

export const isVisitor = (database: SqliteDatabase, workspaceId: string, visitorId: string): boolean =>
  database.one('SELECT 1 FROM visitors WHERE visitor = ? AND workspace = ?', visitorId, workspaceId) !== undefined;

/** Visitors under a key, last seen first. */
export const visitorsByKey = (
  database: SqliteDatabase,
  workspaceId: string,
  key: string,
  most = CANDIDATES_PER_KEY,
): VisitorRow[] =>
  database
    .all<Row>(
      `SELECT visitor, features, first_seen, first_seen_server, last_seen FROM identity_keys
       WHERE key = ? AND workspace = ? ORDER BY last_seen DESC, visitor DESC LIMIT ?`,
      key,
      workspaceId,
      most,
    )
    .map(toVisitor);

const findProfile = (database: SqliteDatabase, workspaceId: string, visitorId: string): Profile | undefined =>
  database.one<Profile>(
    `SELECT features, keys, sightings, first_seen, first_seen_server, last_seen, trusted_at FROM visitors
     WHERE visitor = ? AND workspace = ?`,
    visitorId,
    workspaceId,
  );

const listOf = (json: string): string[] => JSON.parse(json) as string[];

const sightingsAfter = (known: Profile | undefined, key: string | null): string => {
  const before = known?.sightings ?? '[]';
  return key === null || listOf(before).includes(key) ? before : JSON.stringify([...listOf(before), key]);
};

/** What is known of the visitor after the event. In whatever order events come, the outcome is the same. */
const afterEvent = (known: Profile | undefined, { event, profile, sightingKey }: EventRecord): Profile => {
  const { time } = event;
  const { firstSeen } = event.identity;
  const teaches = profile !== null && time >= (known?.trusted_at ?? 0);
  return {
    first_seen: Math.min(firstSeen.workspace, time, known?.first_seen ?? time),
    first_seen_server: Math.min(firstSeen.server, time, known?.first_seen_server ?? time),
    last_seen: Math.max(time, known?.last_seen ?? time),
    features: teaches ? JSON.stringify(profile.features) : (known?.features ?? '{}'),
    keys: teaches ? JSON.stringify([...new Set(profile.keys)]) : (known?.keys ?? '[]'),
    sightings: sightingsAfter(known, sightingKey),
    trusted_at: teaches ? time : (known?.trusted_at ?? null),
  };
};

const deleteKeys = (database: SqliteDatabase, workspaceId: string, visitorId: string, known: Profile): void => {
  for (const key of listOf(known.keys)) {
    database.run(
      'DELETE FROM identity_keys WHERE key = ? AND workspace = ? AND last_seen = ? AND visitor = ?',
      key,
      workspaceId,
      known.last_seen,
      visitorId,
    );
  }
};

const insertKeys = (database: SqliteDatabase, workspaceId: string, visitorId: string, now: Profile): void => {
  for (const key of listOf(now.keys)) {
    database.run(
      `INSERT INTO identity_keys (key, workspace, last_seen, visitor, features, first_seen, first_seen_server)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      key,
      workspaceId,
      now.last_seen,
      visitorId,
      now.features,
      now.first_seen,
      now.first_seen_server,
    );
  }
};

/** The sightings that a visitor can be known by; from the others it withdraws. */
const boundedSightings = (database: SqliteDatabase, workspaceId: string, visitorId: string, now: Profile): string => {
  const sightings = listOf(now.sightings);
  const surplus = sightings.splice(0, Math.max(0, sightings.length - MOST_SIGHTINGS));
  for (const key of surplus) withdrawSighting(database, { key, workspaceId, visitorId });
  return surplus.length === 0 ? now.sightings : JSON.stringify(sightings);
};

/**
 * Updates the visitor of an event, and with it the copies of its row under each of its keys, which spare recall a join.
 * Within a transaction.
 */
export const writeVisitor = (database: SqliteDatabase, record: EventRecord): void => {
  const { workspaceId, identity } = record.event;
  const { visitorId } = identity;
  const known = findProfile(database, workspaceId, visitorId);
  const now = afterEvent(known, record);
  database.run(
    `INSERT OR REPLACE INTO visitors
       (visitor, workspace, features, keys, sightings, first_seen, first_seen_server, last_seen, trusted_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    visitorId,
    workspaceId,
    now.features,
    now.keys,
    boundedSightings(database, workspaceId, visitorId, now),
    now.first_seen,
    now.first_seen_server,
    now.last_seen,
    now.trusted_at,
  );
  if (known !== undefined) deleteKeys(database, workspaceId, visitorId, known);
  insertKeys(database, workspaceId, visitorId, now);
};

/** Makes a visitor unknown: neither its id nor its keys nor what it looked like lead to it. False when it was so before. */
export const forgetVisitor = (database: SqliteDatabase, workspaceId: string, visitorId: string): boolean => {
  const known = findProfile(database, workspaceId, visitorId);
  if (known === undefined) return false;
  deleteKeys(database, workspaceId, visitorId, known);
  for (const key of listOf(known.sightings)) withdrawSighting(database, { key, workspaceId, visitorId });
  database.run('DELETE FROM visitors WHERE visitor = ? AND workspace = ?', visitorId, workspaceId);
  return true;
};
