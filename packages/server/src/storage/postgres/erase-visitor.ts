import { unpackEvent } from '../event-body.ts';
import type { Link } from '../links.ts';
import { withoutMention } from '../without-mention.ts';
import { correctLinks } from './correct-links.ts';
import { type EventPlace, PLACE } from './event-place.ts';
import { replaceBody } from './events.ts';
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

type StoredRow = EventPlace & { country: string | null; body: Buffer; partition: string; bodies: string };

/** Deletes the next events, newest first; returns them as they were. */
const eraseSomeEvents = async (queries: Queries, workspaceId: string, visitorId: string): Promise<StoredRow[]> => {
  const events = await queries.all<StoredRow>(
    `SELECT bucket, time, tail, country, body,
       e.tableoid::regclass::text AS partition, b.tableoid::regclass::text AS bodies
     FROM whorl.events e JOIN whorl.event_bodies b USING (bucket, time, tail)
     WHERE workspace = $1 AND visitor = $2 ORDER BY time DESC LIMIT ${CHUNK}`,
    workspaceId,
    visitorId,
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
  return events;
};

/** Deletes the next events and corrects the counters that they were in; returns how many. */
const eraseChunk = async (
  queries: Queries,
  workspaceId: string,
  visitorId: string,
  partitions: Set<string>,
): Promise<number> => {
  const rows = await eraseSomeEvents(queries, workspaceId, visitorId);
  const shown = new Map<string, Link>();
  for (const { body, country, partition, bodies } of rows) {
    partitions.add(partition).add(bodies);
    for (const link of linksShown(unpackEvent(body), country)) shown.set(JSON.stringify(link), link);
  }
  await correctLinks(queries, [...shown.values()]);
  return rows.length;
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

/** Takes the visitor's id out of the events of others that name it. */
const eraseMentions = async (
  queries: Queries,
  workspaceId: string,
  visitorId: string,
  partitions: Set<string>,
): Promise<void> => {
  for (;;) {
    const named = await queries.all<EventPlace>(
      `DELETE FROM whorl.mentions WHERE (visitor, workspace, bucket, time, tail) IN (
         SELECT visitor, workspace, bucket, time, tail FROM whorl.mentions
         WHERE visitor = $1 AND workspace = $2 LIMIT ${CHUNK})
       RETURNING bucket, time, tail`,
      visitorId,
      workspaceId,
    );
    // The events are held, as a revision holds them, before their bodies are read.
    const lock = 'SELECT 1 FROM :rows JOIN whorl.events e USING (bucket, time, tail) ORDER BY at FOR UPDATE OF e';
    await withRows(queries, lock, PLACE, named);
    const bodies = await withRows<EventPlace, { body: Buffer; partition: string }>(
      queries,
      `SELECT body, b.tableoid::regclass::text AS partition
       FROM :rows JOIN whorl.event_bodies b USING (bucket, time, tail)`,
      PLACE,
      named,
    );
    for (const { body, partition } of bodies) {
      partitions.add(partition);
      await replaceBody(queries, withoutMention(unpackEvent(body), visitorId));
    }
    if (named.length < CHUNK) return;
  }
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
  return known !== undefined || events > 0;
};

/**
 * Erases the visitor in one transaction, before which the events of one with very many go in several, so that its row is
 * not held for long: who is stopped between them finds it still, and its rest. Then PostgreSQL clears the rows that are
 * deleted out of tables and indexes, which it would else do at a time of its own. See `Store.eraseVisitor`.
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
  const tables = [...TABLES.map((table) => `whorl.${table}`), ...partitions];
  await database.maintain(`VACUUM (SKIP_LOCKED, INDEX_CLEANUP ON, TRUNCATE OFF) ${tables.join(', ')}`, CLEANING);
  return true;
};
