import type { ActivityWindow } from '@whorl/engine';
import { WINDOW_NAMES, WINDOWS } from '../count-activity.ts';
import { scopeColumn } from '../count-scope.ts';
import { packAddress } from '../pack-address.ts';
import type { ActivityRequest } from '../store.ts';
import { alwaysCounted, everCounted, isAlwaysCounted, type Span, sometimesCounted } from './counted-span.ts';
import type { Queries, SqlValue } from './postgres-database.ts';
import { withRows } from './table-columns.ts';

/** What leads to the events of a visitor, and to those of an address in a scope: columns with their types. */
const KEYS = {
  visitor: { workspace: 'text', visitor: 'text' },
  ip: { workspace: 'text', ip: 'bytea', scope: 'text' },
} as const;

/** The events of a visitor, or those of an address. */
export type Line = keyof typeof KEYS;

/** The values of the key's columns. */
export type LineKey<L extends Line> = Record<keyof (typeof KEYS)[L] & string, SqlValue>;

/** Which line of a kind a visit stands in. */
export const lineKeys: { [L in Line]: (visit: ActivityRequest) => LineKey<L> } = {
  visitor: ({ workspaceId, visitorId }) => ({ workspace: workspaceId, visitor: visitorId }),
  ip: (visit) => ({ workspace: visit.workspaceId, ip: packAddress(visit.ip), scope: scopeColumn(visit) }),
};

type Counted = ActivityWindow & { at: number; moving: number[] | null };

/** How many events of an entity fall into each window that ends at a time of the span that was asked about. */
export type LineCount = (time: number) => ActivityWindow;

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
export const readLines = async <L extends Line>(
  queries: Queries,
  line: L,
  asked: readonly (LineKey<L> & Span)[],
): Promise<LineCount[]> => {
  const isInLine = Object.keys(KEYS[line]).map((column) => `e.${column} = given.${column}`);
  const rows = await withRows<Record<string, SqlValue> & Span, Counted>(
    queries,
    `SELECT at, counted.* FROM :rows CROSS JOIN LATERAL (
       SELECT ${alwaysCounted('e.time')}, array_agg(e.time) FILTER (WHERE ${sometimesCounted('e.time')}) AS moving
       FROM whorl.events e WHERE ${isInLine.join(' AND ')} AND ${everCounted('e.time')}
     ) counted ORDER BY at`,
    { ...KEYS[line], first: 'bigint', last: 'bigint' },
    asked,
  );
  return asked.map((span, at) => {
    const counted = rows[at];
    if (counted === undefined)
      throw new Error(`the events of ${asked.length} entities were counted for ${rows.length}`);
    return lineCount(span, counted);
  });
};
