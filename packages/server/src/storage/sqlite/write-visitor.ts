import { packKeys, packProfile, unpackKeys, unpackProfile } from '../packed-words.ts';
import type { EventRecord } from '../store.ts';
import { afterEvent, refiled, type VisitorState } from '../visitor-state.ts';
import { refile } from './blocking-keys.ts';
import { MOST_SIGHTINGS, withdrawSighting } from './sightings.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

type Row = {
  number: number;
  profile: Uint8Array | null;
  packed_keys: Uint8Array;
  hour: number;
  scope: number | null;
  sightings: string;
  first_seen: number;
  first_seen_server: number;
  last_seen: number;
  trusted_at: number | null;
};

/** What is known of a visitor, its number, and the keys of its sightings. Its features are not read: they are only replaced. */
type Known = { number: number; sightings: string[]; state: VisitorState };

const findKnown = (database: SqliteDatabase, workspaceId: string, visitorId: string): Known | undefined => {
  const row = database.one<Row>(
    `SELECT number, profile, packed_keys, hour, scope, sightings, first_seen, first_seen_server, last_seen, trusted_at
     FROM visitors WHERE visitor = ? AND workspace = ?`,
    visitorId,
    workspaceId,
  );
  if (row === undefined) return undefined;
  return {
    number: row.number,
    sightings: JSON.parse(row.sightings) as string[],
    state: {
      firstSeen: row.first_seen,
      firstSeenServer: row.first_seen_server,
      lastSeen: row.last_seen,
      trustedAt: row.trusted_at,
      features: null,
      profile: row.profile === null ? null : unpackProfile(row.profile),
      keys: unpackKeys(row.packed_keys),
      hour: row.hour,
      scope: row.scope,
    },
  };
};

/** The sightings after the event: those that a visitor can be known by; from the others it withdraws. */
const sightingsAfter = (
  database: SqliteDatabase,
  before: readonly string[],
  { event, sightingKey }: EventRecord,
): string[] => {
  const all = sightingKey === null || before.includes(sightingKey) ? [...before] : [...before, sightingKey];
  const { workspaceId, identity } = event;
  for (const key of all.splice(0, Math.max(0, all.length - MOST_SIGHTINGS))) {
    withdrawSighting(database, { key, workspaceId, visitorId: identity.visitorId });
  }
  return all;
};

const INSERT = `INSERT INTO visitors (features, profile, packed_keys, hour, scope, sightings, first_seen, first_seen_server,
    last_seen, trusted_at, visitor, workspace)
  VALUES (coalesce(?, '{}'), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Null features stay as they were. */
const UPDATE = `UPDATE visitors SET features = coalesce(?, features), profile = ?, packed_keys = ?, hour = ?, scope = ?,
    sightings = ?, first_seen = ?, first_seen_server = ?, last_seen = ?, trusted_at = ?
  WHERE visitor = ? AND workspace = ?`;

/** Updates the visitor of an event, and the rows under its keys where they change. Within a transaction. */
export const writeVisitor = (database: SqliteDatabase, record: EventRecord): void => {
  const { workspaceId, identity } = record.event;
  const known = findKnown(database, workspaceId, identity.visitorId);
  const now = afterEvent(known?.state, record);
  const { row } = database.run(
    known === undefined ? INSERT : UPDATE,
    now.features === null ? null : JSON.stringify(now.features),
    now.profile === null ? null : packProfile(now.profile),
    packKeys(now.keys),
    now.hour,
    now.scope,
    JSON.stringify(sightingsAfter(database, known?.sightings ?? [], record)),
    now.firstSeen,
    now.firstSeenServer,
    now.lastSeen,
    now.trustedAt,
    identity.visitorId,
    workspaceId,
  );
  refile(database, known?.number ?? row, refiled(known?.state, now));
};

/**
 * Makes a visitor unknown: neither its id nor its keys nor what it looked like lead to it. False when it was so before. Within a
 * transaction.
 */
export const forgetVisitor = (database: SqliteDatabase, workspaceId: string, visitorId: string): boolean => {
  const known = findKnown(database, workspaceId, visitorId);
  if (known === undefined) return false;
  const { number, sightings, state } = known;
  refile(database, number, { gone: state.keys.map((key) => ({ key, hour: state.hour })), added: [] });
  for (const key of sightings) withdrawSighting(database, { key, workspaceId, visitorId });
  // An earlier version that was used since files visitors there.
  database.run(
    `DELETE FROM identity_keys WHERE visitor = ?1 AND workspace = ?2 AND key IN
       (SELECT value FROM visitors, json_each(visitors.keys) WHERE visitor = ?1 AND workspace = ?2)`,
    visitorId,
    workspaceId,
  );
  database.run('DELETE FROM visitors WHERE number = ?', number);
  return true;
};
