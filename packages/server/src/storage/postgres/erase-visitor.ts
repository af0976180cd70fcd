import type { Raise } from '@whorl/engine';
import { scopeOf } from '../count-scope.ts';
import { unpackEvent } from '../event-body.ts';
import { type Link, linksShown, type ShownEvent } from '../links.ts';
import { takenBack } from '../packed-raises.ts';
import { deleteKeys } from './blocking-keys.ts';
import { clearTables } from './clear-tables.ts';
import { noteClearing } from './clearing-due.ts';
import { correctLinks } from './correct-links.ts';
import { raiseCounts } from './counts.ts';
import { eraseMentions } from './erase-mentions.ts';
import { eraseStrayLinks } from './erase-stray-links.ts';
import { type EventPlace, PLACE } from './event-place.ts';
import { type HeldVisitor, holdVisitor } from './hold-visitors.ts';
import type { PostgresDatabase, Queries } from './postgres-database.ts';
import { eraseSightings } from './sightings.ts';
import { withRows } from './table-columns.ts';

/** Events that are erased at a time: their bodies have to fit into memory. */
const CHUNK = 500;

/** Tables besides the partitions of the events in which a visitor leaves rows. */
const TABLES = [
  'whorl.visitors',
  'whorl.blocking_keys',
  'whorl.identity_keys',
  'whorl.counts',
  'whorl.sightings',
  'whorl.sighting_visitors',
  'whorl.links',
  'whorl.deliveries',
  'whorl.mentions',
  'whorl.erasures_due',
];

type HeldRow = EventPlace & { country: string | null; scope: string; partition: string };
type BodyRow = { at: number; time: number; body: Buffer; raises: Buffer | null; partition: string };

/** What the deleted events were, and where they lay. */
type Erased = { count: number; shown: ShownEvent[]; raises: Raise[]; partitions: string[] };

/** Deletes the next events, newest first. */
const eraseSomeEvents = async (queries: Queries, workspaceId: string, visitorId: string): Promise<Erased> => {
  const events = await queries.all<HeldRow>(
    `SELECT bucket, time, tail, country, scope, e.tableoid::regclass::text AS partition FROM whorl.events e
     WHERE workspace = $1 AND visitor = $2 ORDER BY time DESC LIMIT ${CHUNK} FOR UPDATE`,
    workspaceId,
    visitorId,
  );
  // Read by a second statement: one that waits for a revision of an event still sees the body that it had before.
  const bodies = await withRows<EventPlace, BodyRow>(
    queries,
    `SELECT at, time, body, raises, b.tableoid::regclass::text AS partition
     FROM :rows JOIN whorl.event_bodies b USING (bucket, time, tail)`,
    PLACE,
    events,
  );
  for (const table of ['events', 'event_bodies', 'mentions']) {
    await withRows<EventPlace, never>(
      queries,
      `DELETE FROM whorl.${table} t USING :rows
       WHERE t.bucket = given.bucket AND t.time = given.time AND t.tail = given.tail`,
      PLACE,
      events,
    );
  }
  return {
    count: events.length,
    shown: bodies.map(({ at, body }) => {
      const { country = null, scope = '' } = events[at - 1] ?? {};
      return { event: unpackEvent(body), country, scope: scopeOf(workspaceId, scope) };
    }),
    raises: takenBack(bodies),
    partitions: [...events, ...bodies].map(({ partition }) => partition),
  };
};

/** What the events that a transaction deletes leave to do at its end. */
type Left = { partitions: Set<string>; raises: Raise[] };

/** Deletes the next events and corrects the counters that they were in; returns how many. */
const eraseChunk = async (queries: Queries, workspaceId: string, visitorId: string, left: Left): Promise<number> => {
  const erased = await eraseSomeEvents(queries, workspaceId, visitorId);
  for (const partition of erased.partitions) left.partitions.add(partition);
  for (const raise of erased.raises) left.raises.push(raise);
  const links = new Map<string, Link>();
  for (const shown of erased.shown) {
    for (const link of linksShown(shown)) links.set(JSON.stringify(link), link);
  }
  await correctLinks(queries, [...links.values()]);
  return erased.count;
};

/** Whether the visitor has more events than are erased at a time. */
const hasMany = async (queries: Queries, workspaceId: string, visitorId: string): Promise<boolean> => {
  const next = await queries.one(
    `SELECT 1 FROM whorl.events WHERE workspace = $1 AND visitor = $2 OFFSET ${CHUNK} LIMIT 1`,
    workspaceId,
    visitorId,
  );
  return next !== undefined;
};

/** Deletes the row of a visitor, with those under its keys. */
const forgetVisitor = async (queries: Queries, { name, number, state }: HeldVisitor): Promise<void> => {
  await deleteKeys(queries, number, state);
  // Servers of an earlier version, which may still run beside this one, file visitors there.
  await queries.run(
    `DELETE FROM whorl.identity_keys k USING whorl.visitors v WHERE v.number = $1
       AND k.key = ANY (v.keys) AND k.visitor = $2 AND k.workspace = $3`,
    number,
    name.visitor,
    name.workspace,
  );
  await queries.run('DELETE FROM whorl.visitors WHERE number = $1', number);
};

/** Erases what is left of the visitor; returns whether there was anything. */
const erase = async (queries: Queries, workspaceId: string, visitorId: string): Promise<boolean> => {
  const left: Left = { partitions: new Set(), raises: [] };
  const known = await holdVisitor(queries, { visitor: visitorId, workspace: workspaceId });
  let events = 0;
  for (let more = true; more; ) {
    const erased = await eraseChunk(queries, workspaceId, visitorId, left);
    events += erased;
    more = erased === CHUNK;
  }
  const strays = await eraseStrayLinks(queries, workspaceId, visitorId);
  await eraseMentions(queries, workspaceId, visitorId, left.partitions);
  await eraseSightings(queries, workspaceId, visitorId);
  const of = [visitorId, workspaceId] as const;
  await queries.run('DELETE FROM whorl.deliveries WHERE visitor = $1 AND workspace = $2', ...of);
  if (known !== undefined) await forgetVisitor(queries, known);
  // All at once: whoever takes sums in the order of their keys twice over may wait in a ring.
  await raiseCounts(queries, left.raises);
  const due = await queries.run('DELETE FROM whorl.erasures_due WHERE visitor = $1 AND workspace = $2', ...of);
  const found = known !== undefined || events > 0 || strays > 0 || due > 0;
  if (found || left.partitions.size > 0) await noteClearing(queries, [...TABLES, ...left.partitions]);
  return found;
};

/** Notes that there is more to do, so that a server that starts later does it where this process ends. */
const noteRest = (queries: Queries, workspaceId: string, visitorId: string) =>
  queries.run(
    'INSERT INTO whorl.erasures_due (workspace, visitor) VALUES ($1, $2) ON CONFLICT DO NOTHING',
    workspaceId,
    visitorId,
  );

/** Erases some of the events of a visitor of many; returns how many. */
const eraseAhead = async (queries: Queries, workspaceId: string, visitorId: string): Promise<number> => {
  const left: Left = { partitions: new Set(), raises: [] };
  await noteRest(queries, workspaceId, visitorId);
  const erased = await eraseChunk(queries, workspaceId, visitorId, left);
  await raiseCounts(queries, left.raises);
  await noteClearing(queries, [...TABLES, ...left.partitions]);
  return erased;
};

/** Erases all rows of the visitor; returns whether there were any, also where another server has erased the last of them. */
const eraseRows = async (database: PostgresDatabase, workspaceId: string, visitorId: string): Promise<boolean> => {
  let found = false;
  while (await hasMany(database, workspaceId, visitorId)) {
    const erased = await database.write((queries) => eraseAhead(queries, workspaceId, visitorId));
    found ||= erased > 0;
  }
  return (await database.write((queries) => erase(queries, workspaceId, visitorId))) || found;
};

/**
 * Erases the visitor in one transaction, before which the events of one with very many go in several, so that its row is
 * not held for long; it stands in `erasures_due` meanwhile. Then the tables are cleared: also where there is no such
 * visitor, for it may be one whose bytes an earlier call has left. See `Store.eraseVisitor`.
 */
export const eraseVisitor = async (
  database: PostgresDatabase,
  workspaceId: string,
  visitorId: string,
): Promise<boolean> => {
  const found = await eraseRows(database, workspaceId, visitorId);
  await clearTables(database);
  return found;
};

/** Erases the visitors that another process has begun to erase, and clears the tables that are due. */
export const finishErasures = async (database: PostgresDatabase): Promise<void> => {
  const due = await database.all<{ workspace: string; visitor: string }>(
    'SELECT workspace, visitor FROM whorl.erasures_due',
  );
  for (const { workspace, visitor } of due) await eraseRows(database, workspace, visitor);
  await clearTables(database);
};
