import type { Event } from '@whorl/contract';
import { unpackEvent } from '../event-body.ts';
import type { Link } from '../links.ts';
import { correctLinks } from './correct-links.ts';
import { eraseMentions } from './erase-mentions.ts';
import { eraseStrayLinks } from './erase-stray-links.ts';
import { type EventPlace, PLACE } from './event-place.ts';
import { linksShown } from './link-rows.ts';
import type { PostgresDatabase, Queries } from './postgres-database.ts';
import { eraseSightings } from './sightings.ts';
import { withRows } from './table-columns.ts';

/** Events that are erased at a time: their bodies have to fit into memory. */
const CHUNK = 500;

/** Milliseconds that the cleaning of the tables may take; what is left then is autovacuum's. */
const CLEANING = 20_000;

/** Tables besides the partitions of the events in which a visitor leaves rows. */
const TABLES = ['visitors', 'identity_keys', 'sightings', 'sighting_visitors', 'links', 'deliveries', 'mentions'];

const holdVisitor = (queries: Queries, workspaceId: string, visitorId: string) =>
  queries.one<{ keys: string[] }>(
    'SELECT keys FROM whorl.visitors WHERE visitor = $1 AND workspace = $2 FOR UPDATE',
    visitorId,
    workspaceId,
  );

type HeldRow = EventPlace & { country: string | null; partition: string };
type BodyRow = { at: number; body: Buffer; partition: string };

/** What the deleted events were, each with the country of its address, and where they lay. */
type Erased = { count: number; shown: { event: Event; country: string | null }[]; partitions: string[] };

/** Deletes the next events, newest first. */
const eraseSomeEvents = async (queries: Queries, workspaceId: string, visitorId: string): Promise<Erased> => {
  const events = await queries.all<HeldRow>(
    `SELECT bucket, time, tail, country, e.tableoid::regclass::text AS partition FROM whorl.events e
     WHERE workspace = $1 AND visitor = $2 ORDER BY time DESC LIMIT ${CHUNK} FOR UPDATE`,
    workspaceId,
    visitorId,
  );
  // Read by a second statement: one that waits for a revision of an event still sees the body that it had before.
  const bodies = await withRows<EventPlace, BodyRow>(
    queries,
    `SELECT at, body, b.tableoid::regclass::text AS partition
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
    shown: bodies.map(({ at, body }) => ({ event: unpackEvent(body), country: events[at - 1]?.country ?? null })),
    partitions: [...events, ...bodies].map(({ partition }) => partition),
  };
};

/** Deletes the next events and corrects the counters that they were in; returns how many. */
const eraseChunk = async (
  queries: Queries,
  workspaceId: string,
  visitorId: string,
  partitions: Set<string>,
): Promise<number> => {
  const erased = await eraseSomeEvents(queries, workspaceId, visitorId);
  for (const partition of erased.partitions) partitions.add(partition);
  const links = new Map<string, Link>();
  for (const { event, country } of erased.shown) {
    for (const link of linksShown(event, country)) links.set(JSON.stringify(link), link);
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

/** Erases what is left of the visitor. */
const erase = async (
  queries: Queries,
  workspaceId: string,
  visitorId: string,
  partitions: Set<string>,
): Promise<boolean> => {
  const known = await holdVisitor(queries, workspaceId, visitorId);
  let events = 0;
  for (let more = true; more; ) {
    const erased = await eraseChunk(queries, workspaceId, visitorId, partitions);
    events += erased;
    more = erased === CHUNK;
  }
  const strays = await eraseStrayLinks(queries, workspaceId, visitorId);
  await eraseMentions(queries, workspaceId, visitorId, partitions);
  await eraseSightings(queries, workspaceId, visitorId);
  const of = [visitorId, workspaceId] as const;
  await queries.run('DELETE FROM whorl.deliveries WHERE visitor = $1 AND workspace = $2', ...of);
  await queries.run(
    'DELETE FROM whorl.identity_keys WHERE visitor = $1 AND workspace = $2 AND key = ANY ($3::text[])',
    ...of,
    known?.keys ?? [],
  );
  await queries.run('DELETE FROM whorl.visitors WHERE visitor = $1 AND workspace = $2', ...of);
  return known !== undefined || events > 0 || strays > 0;
};

/**
 * Has PostgreSQL clear deleted rows out of tables and indexes, which it would else do at a time of its own. The rows are
 * gone for every reader by then: where this fails, the erasure has not, and autovacuum will come by.
 */
const clearTables = async (database: PostgresDatabase, tables: readonly string[]): Promise<void> => {
  try {
    await database.maintain(`VACUUM (SKIP_LOCKED, INDEX_CLEANUP ON, TRUNCATE OFF) ${tables.join(', ')}`, CLEANING);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.emitWarning(`a visitor was erased, but its tables were not cleared of the dead rows at once: ${reason}`);
  }
};

/**
 * Erases the visitor in one transaction, before which the events of one with very many go in several, so that its row is
 * not held for long: who is stopped between them finds it still, and its rest. Then the tables
 * are cleared. See `Store.eraseVisitor`.
 */
export const eraseVisitor = async (
  database: PostgresDatabase,
  workspaceId: string,
  visitorId: string,
): Promise<boolean> => {
  const partitions = new Set<string>();
  while (await hasMany(database, workspaceId, visitorId)) {
    await database.write((queries) => eraseChunk(queries, workspaceId, visitorId, partitions));
  }
  if (!(await database.write((queries) => erase(queries, workspaceId, visitorId, partitions)))) return false;
  await clearTables(database, [...TABLES.map((table) => `whorl.${table}`), ...partitions]);
  return true;
};
