import type { Event } from '@whorl/contract';
import { scopeColumn, scopeOf } from '../count-scope.ts';
import { packEvent, unpackEvent } from '../event-body.ts';
import { linksShown, type ShownEvent } from '../links.ts';
import { packAddress } from '../pack-address.ts';
import { packRaises } from '../packed-raises.ts';
import { bucketOf, isRequestId, tailOf, timeOf } from '../request-id.ts';
import { type SearchRow, searchRow } from '../search-row.ts';
import type { EventRecord, EventScope } from '../store.ts';
import { mentionedBy } from '../without-mention.ts';
import { correctLinks } from './correct-links.ts';
import { type EventPlace, PLACE, placeOf } from './event-place.ts';
import { writeLinks } from './link-rows.ts';
import type { Queries } from './postgres-database.ts';
import { insertRows, type TableColumns, withRows } from './table-columns.ts';

/** The columns that a revision changes. */
const SEARCH: TableColumns<SearchRow> = {
  linked_id: 'text',
  asn: 'text',
  detected: 'bigint',
  clear: 'bigint',
  bot: 'text',
  bot_info: 'text',
  vpn_confidence: 'text',
  suspect: 'smallint',
  suspect_score: 'float8',
  rare_bucket: 'text',
  proximity_id: 'text',
  proximity_radius: 'float8',
  sdk_platform: 'text',
  sdk_version: 'text',
  url_hash: 'bigint',
  origin_hash: 'bigint',
};

const COLUMNS = {
  ...PLACE,
  workspace: 'text',
  environment: 'text',
  scope: 'text',
  visitor: 'text',
  ip: 'bytea',
  country: 'text',
  ...SEARCH,
};

const BODY = { ...PLACE, body: 'bytea', raises: 'bytea' };

const checkId = ({ id, time }: Event): void => {
  if (!isRequestId(id) || timeOf(id) !== time) throw new Error(`the id ${id} does not carry the event's time ${time}`);
};

/** An event that is new, with what it teaches. */
type TeachingEvent = ShownEvent & Pick<EventRecord, 'lesson'>;

const bodyRow = ({ event, lesson }: TeachingEvent) => ({
  ...placeOf(event.id),
  body: packEvent(event),
  raises: lesson === null ? null : packRaises(lesson),
});

const mentionsOf = (event: Event) =>
  mentionedBy(event).map((visitor) => ({ visitor, workspace: event.workspaceId, ...placeOf(event.id) }));

/** Which of the ids are taken. */
export const findTaken = async (queries: Queries, events: readonly Event[]): Promise<Set<string>> => {
  events.forEach(checkId);
  const found = await withRows<EventPlace, { id: string }>(
    queries,
    "SELECT time || '.' || tail AS id FROM :rows JOIN whorl.events USING (bucket, time, tail)",
    PLACE,
    events.map(({ id }) => placeOf(id)),
  );
  return new Set(found.map(({ id }) => id));
};

/** Stores events; false when the id of one was taken, and then the transaction has to be undone. */
export const insertEvents = async (queries: Queries, events: readonly TeachingEvent[]): Promise<boolean> => {
  // In the order of the ids: transactions that write the same ones wait for each other, and never in a ring.
  const sorted = [...events].sort((one, other) => (one.event.id < other.event.id ? -1 : 1));
  const rows = sorted.map(({ event, country, scope }) => ({
    ...placeOf(event.id),
    workspace: event.workspaceId,
    environment: event.environmentId,
    scope: scopeColumn({ workspaceId: event.workspaceId, scope }),
    visitor: event.identity.visitorId,
    ip: packAddress(event.ip),
    country,
    ...searchRow(event),
  }));
  if ((await insertRows(queries, 'events', COLUMNS, rows, 'ON CONFLICT DO NOTHING')) < rows.length) return false;
  await insertRows(queries, 'event_bodies', BODY, sorted.map(bodyRow));
  await insertRows(
    queries,
    'mentions',
    { visitor: 'text', workspace: 'text', ...PLACE },
    sorted.flatMap(({ event }) => mentionsOf(event)),
  );
  return true;
};

type Stored = { country: string | null; environment: string; scope: string; body: Buffer };

const at = (workspaceId: string, id: string) => [bucketOf(id), timeOf(id), tailOf(id), workspaceId] as const;

const read = (queries: Queries, workspaceId: string, id: string): Promise<Stored | undefined> =>
  queries.one<Stored>(
    `SELECT country, environment, scope, body FROM whorl.events JOIN whorl.event_bodies USING (bucket, time, tail)
     WHERE bucket = $1 AND time = $2 AND tail = $3 AND workspace = $4`,
    ...at(workspaceId, id),
  );

/** Keeps others from changing the event until the transaction ends. */
const hold = async (queries: Queries, workspaceId: string, id: string): Promise<void> => {
  await queries.run(
    'SELECT 1 FROM whorl.events WHERE bucket = $1 AND time = $2 AND tail = $3 AND workspace = $4 FOR UPDATE',
    ...at(workspaceId, id),
  );
};

/** The event of this id in the workspace, and in the environment when one is given. */
export const findEvent = async (
  queries: Queries,
  { workspaceId, environmentId }: EventScope,
  id: string,
): Promise<Event | undefined> => {
  if (!isRequestId(id)) return undefined;
  const found = await read(queries, workspaceId, id);
  if (found === undefined || (environmentId !== undefined && environmentId !== found.environment)) return undefined;
  return unpackEvent(found.body);
};

/** Replaces the body of a stored event. */
export const replaceBody = async (queries: Queries, event: Event): Promise<void> => {
  await queries.run(
    'UPDATE whorl.event_bodies SET body = $4 WHERE bucket = $1 AND time = $2 AND tail = $3',
    bucketOf(event.id),
    timeOf(event.id),
    tailOf(event.id),
    packEvent(event),
  );
};

/** What an event's key and counters rest on. */
const identityOf = ({ id, time, workspaceId, environmentId, ip, identity }: Event): string =>
  [id, time, workspaceId, environmentId, ip, identity.visitorId].join(' ');

/** Replaces an event by what `revise` makes of it. Within a transaction. See `Store.reviseEvent`. */
export const reviseEvent = async (
  queries: Queries,
  workspaceId: string,
  id: string,
  revise: (event: Event) => Event | undefined,
): Promise<Event | undefined> => {
  if (!isRequestId(id)) return undefined;
  // First held and then read: a statement that waits for a row shows the other table as it was before.
  await hold(queries, workspaceId, id);
  const stored = await read(queries, workspaceId, id);
  if (stored === undefined) return undefined;
  const event: Event = unpackEvent(stored.body);
  const before = identityOf(event);
  const { linkedId } = event;
  const revised = revise(event);
  if (revised === undefined) return unpackEvent(stored.body);
  if (identityOf(revised) !== before) throw new Error(`a revision may not change whose event ${id} is`);
  const changed = Object.keys(SEARCH).map((name) => `${name} = given.${name}`);
  await withRows(
    queries,
    `UPDATE whorl.events e SET ${changed.join(', ')}
     FROM :rows WHERE e.bucket = given.bucket AND e.time = given.time AND e.tail = given.tail`,
    { ...PLACE, ...SEARCH },
    [{ ...placeOf(id), ...searchRow(revised) }],
  );
  await replaceBody(queries, revised);
  // Another linked id counts from the event's own time on, as if it had been there, and the one before as if it never had.
  const shown = { country: stored.country, scope: scopeOf(workspaceId, stored.scope) };
  await writeLinks(queries, [{ ...shown, event: revised }]);
  if (revised.linkedId !== linkedId) {
    await correctLinks(queries, linksShown({ ...shown, event: unpackEvent(stored.body) }));
  }
  return revised;
};
