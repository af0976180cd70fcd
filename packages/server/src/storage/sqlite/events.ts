import type { Event } from '@whorl/contract';
import { bucketOf, isRequestId, tailOf, timeOf } from '../request-id.ts';
import { packEvent, unpackEvent } from './event-body.ts';
import { nextInLine } from './event-line.ts';
import { writeLinks } from './link-rows.ts';
import { packAddress } from './pack-address.ts';
import { searchRow } from './search-row.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** Stores an event; false, storing nothing, when its id is taken. Within a transaction. */
export const insertEvent = (database: SqliteDatabase, event: Event, country: string | null): boolean => {
  const { id, time, workspaceId, environmentId } = event;
  if (!isRequestId(id) || timeOf(id) !== time) throw new Error(`the id ${id} does not carry the event's time ${time}`);
  if (findRow(database, id) !== undefined) return false;
  const visitor = event.identity.visitorId;
  const ip = packAddress(event.ip);
  const search = searchRow(event);
  const { row } = database.run(
    `INSERT INTO events (bucket, time, tail, workspace, environment, visitor, ip, country, visitor_seq, ip_seq,
       linked_id, asn, detected, clear, bot, vpn_confidence, suspect, suspect_score, sdk_platform, sdk_version)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    bucketOf(id),
    time,
    tailOf(id),
    workspaceId,
    environmentId,
    visitor,
    ip,
    country,
    nextInLine(database, 'visitor', workspaceId, visitor, time),
    nextInLine(database, 'ip', workspaceId, ip, time),
    search.linked_id,
    search.asn,
    search.detected,
    search.clear,
    search.bot,
    search.vpn_confidence,
    search.suspect,
    search.suspect_score,
    search.sdk_platform,
    search.sdk_version,
  );
  database.run('INSERT INTO bodies (row, body) VALUES (?, ?)', row, packEvent(event));
  return true;
};

const findRow = (database: SqliteDatabase, id: string): number | undefined =>
  database.one<{ row: number }>(
    'SELECT row FROM events WHERE bucket = ? AND time = ? AND tail = ?',
    bucketOf(id),
    timeOf(id),
    tailOf(id),
  )?.row;

type StoredEvent = { row: number; country: string | null; event: Event };

const readEvent = (database: SqliteDatabase, workspaceId: string, id: string): StoredEvent | undefined => {
  if (!isRequestId(id)) return undefined;
  const found = database.one<{ row: number; country: string | null; body: Uint8Array }>(
    `SELECT row, country, body FROM events JOIN bodies USING (row)
     WHERE bucket = ? AND time = ? AND tail = ? AND workspace = ?`,
    bucketOf(id),
    timeOf(id),
    tailOf(id),
    workspaceId,
  );
  return found === undefined ? undefined : { row: found.row, country: found.country, event: unpackEvent(found.body) };
};

/** The event of this id in the workspace, and in the environment when one is given. */
export const findEvent = (
  database: SqliteDatabase,
  { workspaceId, environmentId }: { workspaceId: string; environmentId?: string },
  id: string,
): Event | undefined => {
  const event = readEvent(database, workspaceId, id)?.event;
  return environmentId === undefined || event?.environmentId === environmentId ? event : undefined;
};

/** What an event's key and counters rest on. */
const identityOf = ({ id, time, workspaceId, environmentId, ip, identity }: Event): string =>
  [id, time, workspaceId, environmentId, ip, identity.visitorId].join(' ');

/** Replaces an event by what `revise` makes of it. Within a transaction. See `Store.reviseEvent`. */
export const reviseEvent = (
  database: SqliteDatabase,
  workspaceId: string,
  id: string,
  revise: (event: Event) => Event | undefined,
): Event | undefined => {
  const stored = readEvent(database, workspaceId, id);
  if (stored === undefined) return undefined;
  const before = identityOf(stored.event);
  const revised = revise(stored.event);
  if (revised === undefined) return readEvent(database, workspaceId, id)?.event;
  if (identityOf(revised) !== before) throw new Error(`a revision may not change whose event ${id} is`);
  const search = searchRow(revised);
  database.run(
    `UPDATE events SET linked_id = ?, asn = ?, detected = ?, clear = ?, bot = ?, vpn_confidence = ?, suspect = ?,
       suspect_score = ?, sdk_platform = ?, sdk_version = ? WHERE row = ?`,
    search.linked_id,
    search.asn,
    search.detected,
    search.clear,
    search.bot,
    search.vpn_confidence,
    search.suspect,
    search.suspect_score,
    search.sdk_platform,
    search.sdk_version,
    stored.row,
  );
  database.run('UPDATE bodies SET body = ? WHERE row = ?', packEvent(revised), stored.row);
  // A linked id that was added counts from the event's own time on, as if it had been there.
  writeLinks(database, revised, stored.country);
  return revised;
};
