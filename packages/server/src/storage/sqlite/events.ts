import type { Event } from '@whorl/contract';
import { scopeColumn, scopeOf } from '../count-scope.ts';
import { packEvent, unpackEvent } from '../event-body.ts';
import type { ShownEvent } from '../links.ts';
import { packAddress } from '../pack-address.ts';
import { packRaises } from '../packed-raises.ts';
import { bucketOf, isRequestId, tailOf, timeOf } from '../request-id.ts';
import { type SearchRow, searchRow } from '../search-row.ts';
import type { EventRecord, EventScope } from '../store.ts';
import { addressLine, enterLine, visitorLine } from './event-line.ts';
import { correctLinks, writeLinks } from './link-rows.ts';
import { writeMentions } from './mentions.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** Both statements and their values follow this order. */
const SEARCH_COLUMNS = [
  'linked_id',
  'asn',
  'detected',
  'clear',
  'bot',
  'bot_info',
  'vpn_confidence',
  'suspect',
  'suspect_score',
  'rare_bucket',
  'proximity_id',
  'proximity_radius',
  'sdk_platform',
  'sdk_version',
  'url_hash',
  'origin_hash',
] as const satisfies (keyof SearchRow)[];

const INSERT = `INSERT INTO events
  (bucket, time, tail, workspace, environment, scope, visitor, ip, country, visitor_seq, ip_seq, ${SEARCH_COLUMNS.join(', ')})
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?${', ?'.repeat(SEARCH_COLUMNS.length)})`;
const UPDATE = `UPDATE events SET ${SEARCH_COLUMNS.map((column) => `${column} = ?`).join(', ')} WHERE row = ?`;

const searchValues = (event: Event) => {
  const row = searchRow(event);
  return SEARCH_COLUMNS.map((column) => row[column]);
};

/** An event that is new, with what it teaches. */
type TeachingEvent = ShownEvent & Pick<EventRecord, 'lesson'>;

/** Stores an event; false, storing nothing, when its id is taken. Within a transaction. */
export const insertEvent = (database: SqliteDatabase, { event, country, scope, lesson }: TeachingEvent): boolean => {
  const { id, time, workspaceId, environmentId } = event;
  if (!isRequestId(id) || timeOf(id) !== time) throw new Error(`the id ${id} does not carry the event's time ${time}`);
  if (findRow(database, id) !== undefined) return false;
  const { visitorId } = event.identity;
  const { row } = database.run(
    INSERT,
    bucketOf(id),
    time,
    tailOf(id),
    workspaceId,
    environmentId,
    scopeColumn({ workspaceId, scope }),
    visitorId,
    packAddress(event.ip),
    country,
    enterLine(database, visitorLine({ workspaceId, visitorId }), time),
    enterLine(database, addressLine({ workspaceId, scope, ip: event.ip }), time),
    ...searchValues(event),
  );
  const raises = lesson === null ? null : packRaises(lesson);
  database.run('INSERT INTO bodies (row, body, raises) VALUES (?, ?, ?)', row, packEvent(event), raises);
  writeMentions(database, row, event);
  return true;
};

const findRow = (database: SqliteDatabase, id: string): number | undefined =>
  database.one<{ row: number }>(
    'SELECT row FROM events WHERE bucket = ? AND time = ? AND tail = ?',
    bucketOf(id),
    timeOf(id),
    tailOf(id),
  )?.row;

type StoredEvent = ShownEvent & { row: number };

const readEvent = (database: SqliteDatabase, workspaceId: string, id: string): StoredEvent | undefined => {
  if (!isRequestId(id)) return undefined;
  const found = database.one<{ row: number; country: string | null; scope: string; body: Uint8Array }>(
    `SELECT row, country, scope, body FROM events JOIN bodies USING (row)
     WHERE bucket = ? AND time = ? AND tail = ? AND workspace = ?`,
    bucketOf(id),
    timeOf(id),
    tailOf(id),
    workspaceId,
  );
  if (found === undefined) return undefined;
  const { row, country, scope, body } = found;
  return { row, country, scope: scopeOf(workspaceId, scope), event: unpackEvent(body) };
};

/** The event of this id in the workspace, and in the environment when one is given. */
export const findEvent = (
  database: SqliteDatabase,
  { workspaceId, environmentId }: EventScope,
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
  const before = { identity: identityOf(stored.event), linkedId: stored.event.linkedId };
  const revised = revise(stored.event);
  if (revised === undefined) return readEvent(database, workspaceId, id)?.event;
  if (identityOf(revised) !== before.identity) throw new Error(`a revision may not change whose event ${id} is`);
  database.run(UPDATE, ...searchValues(revised), stored.row);
  database.run('UPDATE bodies SET body = ? WHERE row = ?', packEvent(revised), stored.row);
  writeMentions(database, stored.row, revised);
  // A linked id that was added counts from the event's own time on, as if it had been there; one that went, as if never.
  const { country, scope } = stored;
  writeLinks(database, { event: revised, country, scope });
  if (before.linkedId !== revised.linkedId) {
    const event = { ...revised, ...(before.linkedId === undefined ? {} : { linkedId: before.linkedId }) };
    correctLinks(database, { event, country, scope });
  }
  return revised;
};
