import type { ActivityWindow } from '@whorl/engine';
import { WINDOW_NAMES, WINDOWS } from '../count-activity.ts';
import { alwaysCounted, everCounted, isAlwaysCounted, type Span, sometimesCounted } from './counted-span.ts';
import type { Queries, SqlValue } from './postgres-database.ts';
import { withRows } from './table-columns.ts';

/** The events of a visitor, or those of an address. */
export type Line = 'visitor' | 'ip';

export type LineEntity = { workspace: string; entity: SqlValue };

type Asked = LineEntity & Span;
type Counted = ActivityWindow & { at: number; moving: number[] | null };

/** How many events of an entity fall into each window that ends at a time of the span that was asked about. */
export type LineCount = (time: number) => ActivityWindow;

const TYPES = { visitor: 'text', ip: 'bytea' } as const;

const lineCount =
  (span: Span, { moving, minutes5, hour, day }: Counted): LineCount =>
  (end) => {
    const counts = { minutes5, hour, day };
    for (const time of moving ?? []) {
      for (const name of WINDOW_NAMES) {
        if (time <= end && time >= end - WINDOWS[name] && !isAlwaysCounted(time, span, name)) counts[name]++;
      }
    }
    return counts;
  };

/** For each entity in order, its counts. One question for all, and one range of an index for each. */
export const readLines = async (queries: Queries, line: Line, asked: readonly Asked[]): Promise<LineCount[]> => {
  const rows = await withRows<Asked, Counted>(
    queries,
    `SELECT at, counted.* FROM :rows CROSS JOIN LATERAL (
       SELECT ${alwaysCounted('e.time')}, array_agg(e.time) FILTER (WHERE ${sometimesCounted('e.time')}) AS moving
       FROM whorl.events e WHERE e.workspace = given.workspace AND e.${line} = given.entity AND ${everCounted('e.time')}
     ) counted ORDER BY at`,
    { workspace: 'text', entity: TYPES[line], first: 'bigint', last: 'bigint' },
    asked,
  );
  return asked.map((span, at) => {
    const counted = rows[at];
    if (counted === undefined)
      throw new Error(`the events of ${asked.length} entities were counted for ${rows.length}`);
    return lineCount(span, counted);
  });
};
