import { type EdgePlace, type EdgeSpan, type EdgeStep, eraseInSteps, isMeant } from '../edge-erasure.ts';
import { unpackEvent } from '../event-body.ts';
import type { EdgeErasure } from '../store.ts';
import { clearTables } from './clear-tables.ts';
import { noteClearing } from './clearing-due.ts';
import { type EventPlace, PLACE } from './event-place.ts';
import type { PostgresDatabase, Queries } from './postgres-database.ts';
import { withRows } from './table-columns.ts';

/** Events that are looked at in one transaction: their bodies have to fit into memory. */
const CHUNK = 500;

type Row = EdgePlace & EventPlace & { body: Buffer; partition: string };

/** Erases what is meant of the next events of a span. */
const eraseSome = async (
  queries: Queries,
  workspaceId: string,
  erasure: EdgeErasure,
  { column, last }: EdgeSpan,
  { key, time, tail }: EdgePlace,
): Promise<EdgeStep> => {
  const rows = await queries.all<Row>(
    `SELECT bucket, time, tail, ${column} AS key, body, tableoid::regclass::text AS partition FROM whorl.edge_events
     WHERE workspace = $1 AND (${column}, time, tail) > ($2, $3, $4) AND ${column} <= $5
     ORDER BY ${column}, time, tail LIMIT ${CHUNK}`,
    workspaceId,
    key,
    time,
    tail,
    last,
  );
  const meant = rows.filter(({ body }) => isMeant(erasure, unpackEvent(body)));
  // Another erasure may be at the same events: only what this one deletes counts.
  const deleted = await withRows<EventPlace, { partition: string }>(
    queries,
    `DELETE FROM whorl.edge_events t USING :rows
     WHERE t.bucket = given.bucket AND t.time = given.time AND t.tail = given.tail
     RETURNING t.tableoid::regclass::text AS partition`,
    PLACE,
    meant,
  );
  if (deleted.length > 0) {
    await noteClearing(
      queries,
      deleted.map(({ partition }) => partition),
    );
  }
  return { erased: deleted.length, next: rows.length === CHUNK ? rows.at(-1) : undefined };
};

/** Erases edge events in many transactions, then clears their tables; returns how many. See `Store.eraseEdge`. */
export const eraseEdgeEvents = async (
  database: PostgresDatabase,
  workspaceId: string,
  erasure: EdgeErasure,
): Promise<number> => {
  const erased = await eraseInSteps(erasure, (span, place) =>
    database.write((queries) => eraseSome(queries, workspaceId, erasure, span, place)),
  );
  await clearTables(database);
  return erased;
};
