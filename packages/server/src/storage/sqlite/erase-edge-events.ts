import { setImmediate as letOthersWork } from 'node:timers/promises';
import { type EdgeSpan, isMeant, spansOf } from '../edge-erasure.ts';
import { unpackEvent } from '../event-body.ts';
import type { EdgeErasure } from '../store.ts';
import { askForClearing } from './clearing.ts';
import type { SqliteDatabase, SqlValue } from './sqlite-database.ts';

/** Events that are looked at in one transaction: some milliseconds, in which nobody else is served. */
const CHUNK = 200;

/** A place in the order of an index; the next step begins behind it. */
type Place = { key: SqlValue; time: number; tail: string };

type Row = Place & { row: number; body: Uint8Array };

/** How many were erased, and where to go on, undefined at the end. */
type Step = { erased: number; next: Place | undefined };

/** Erases what is meant of the next events of a span. */
const eraseSome = (
  database: SqliteDatabase,
  workspaceId: string,
  erasure: EdgeErasure,
  { column, last }: EdgeSpan,
  { key, time, tail }: Place,
): Step =>
  database.write(() => {
    const rows = database.all<Row>(
      `SELECT row, ${column} AS key, time, tail, body FROM edge_events JOIN edge_bodies USING (row)
       WHERE workspace = ? AND (${column}, time, tail) > (?, ?, ?) AND ${column} <= ?
       ORDER BY ${column}, time, tail LIMIT ${CHUNK}`,
      workspaceId,
      key,
      time,
      tail,
      last,
    );
    const meant = rows.filter(({ body }) => isMeant(erasure, unpackEvent(body)));
    // Bodies go with their events.
    for (const { row } of meant) database.run('DELETE FROM edge_events WHERE row = ?', row);
    if (meant.length > 0) askForClearing(database, 'gaps');
    return { erased: meant.length, next: rows.length === CHUNK ? rows.at(-1) : undefined };
  });

/** Erases edge events in many steps, between which other work goes on; returns how many. See `Store.eraseEdge`. */
export const eraseEdgeEvents = async (
  database: SqliteDatabase,
  workspaceId: string,
  erasure: EdgeErasure,
): Promise<number> => {
  let count = 0;
  for (const span of spansOf(erasure)) {
    for (let place: Place | undefined = { key: span.first, time: -1, tail: '' }; place !== undefined; ) {
      const from: Place = place;
      const step: Step = await database.whenFree(() => eraseSome(database, workspaceId, erasure, span, from));
      count += step.erased;
      place = step.next;
      await letOthersWork();
    }
  }
  return count;
};
