import { setImmediate as letOthersWork } from 'node:timers/promises';
import { type EdgePlace, type EdgeSpan, type EdgeStep, eraseInSteps, isMeant } from '../edge-erasure.ts';
import { unpackEvent } from '../event-body.ts';
import type { EdgeErasure } from '../store.ts';
import { askForClearing } from './clearing.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** Events that are looked at in one transaction: some milliseconds, in which nobody else is served. */
const CHUNK = 200;

type Row = EdgePlace & { row: number; body: Uint8Array };

/** Erases what is meant of the next events of a span. */
const eraseSome = (
  database: SqliteDatabase,
  workspaceId: string,
  erasure: EdgeErasure,
  { column, last }: EdgeSpan,
  { key, time, tail }: EdgePlace,
): EdgeStep =>
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
export const eraseEdgeEvents = (database: SqliteDatabase, workspaceId: string, erasure: EdgeErasure): Promise<number> =>
  eraseInSteps(erasure, async (span, place) => {
    const step = await database.whenFree(() => eraseSome(database, workspaceId, erasure, span, place));
    await letOthersWork();
    return step;
  });
