import type { ActivityWindow } from '@whorl/engine';
import { WINDOWS } from '../count-activity.ts';
import { scopeColumn } from '../count-scope.ts';
import { packAddress } from '../pack-address.ts';
import type { ActivityRequest } from '../store.ts';
import type { SqliteDatabase, SqlValue } from './sqlite-database.ts';

/**
 * The events of a visitor, and those of an address in a scope, stand in a line by their time and are numbered. So the
 * events of a window are counted by two look-ups of an index, be they three or a hundred thousand, and by reading what is
 * noted below: an entry for each that came late or followed one that was erased.
 *
 * A number is given once. Who comes late takes the one after the event before it, which another may have already, and who
 * is erased leaves a number to nobody; the next in the line notes how many were skipped before it, negative where
 * there is one too few. What is skipped within a window is subtracted. The first of a line has skipped none.
 */
const KEYS = { visitor: ['workspace', 'visitor'], ip: ['workspace', 'ip', 'scope'] } as const;

/** One line: the values of its key's columns. */
type Line = { kind: keyof typeof KEYS; key: SqlValue[] };

export const visitorLine = ({ workspaceId, visitorId }: Pick<ActivityRequest, 'workspaceId' | 'visitorId'>): Line => ({
  kind: 'visitor',
  key: [workspaceId, visitorId],
});

export const addressLine = (visit: Pick<ActivityRequest, 'workspaceId' | 'scope' | 'ip'>): Line => ({
  kind: 'ip',
  key: [visit.workspaceId, packAddress(visit.ip), scopeColumn(visit)],
});

/** Names of columns and places of values cannot be bound, so each kind of line has its own statements. */
const statements = (kind: keyof typeof KEYS) => {
  const [seq, skip] = [`${kind}_seq`, `${kind}_skip`];
  const key = KEYS[kind];
  const ofLine = `FROM events WHERE ${key.map((column, at) => `${column} = ?${at + 1}`).join(' AND ')}`;
  const skipping = ofLine.replace('events', `events INDEXED BY events_${kind}_skips`).concat(` AND ${skip} <> 0`);
  const value = (at: number) => `?${key.length + at}`;
  const [first, last] = [`ORDER BY time, ${seq} LIMIT 1`, `ORDER BY time DESC, ${seq} DESC LIMIT 1`];
  const since = (start: number) => `AND time BETWEEN ${value(start)} AND ${value(1)}`;
  const skippedSince = (start: number) =>
    `coalesce(sum(${skip}) FILTER (WHERE time >= ${value(start)}), 0) - coalesce((SELECT ${skip} ${ofLine} ${since(start)} ${first}), 0)`;
  const itself = `(${value(1)}, ${value(2)})`;
  return {
    last: `SELECT time, ${seq} AS seq ${ofLine} ${last}`,
    before: `SELECT ${seq} AS seq ${ofLine} AND time <= ${value(1)} ${last}`,
    after: `SELECT row, ${seq} AS seq ${ofLine} AND time > ${value(1)} ${first}`,
    skipLess: `UPDATE events SET ${skip} = ${skip} - 1 WHERE row = ?`,
    leave: `UPDATE events SET ${skip} = CASE
        WHEN EXISTS (SELECT 1 ${ofLine} AND (time, ${seq}) < ${itself})
        THEN ${skip} + 1 + (SELECT ${skip} ${ofLine} AND (time, ${seq}) = ${itself}) ELSE 0 END
      WHERE row = (SELECT row ${ofLine} AND (time, ${seq}) > ${itself} ${first})`,
    count: `SELECT (SELECT ${seq} ${ofLine} AND time <= ${value(1)} ${last}) AS last,
      (SELECT ${seq} ${ofLine} ${since(2)} ${first}) AS minutes5, (SELECT ${seq} ${ofLine} ${since(3)} ${first}) AS hour,
      (SELECT ${seq} ${ofLine} ${since(4)} ${first}) AS day, EXISTS (SELECT 1 ${skipping} ${since(4)}) AS skips`,
    skipped: `SELECT ${skippedSince(2)} AS minutes5, ${skippedSince(3)} AS hour, ${skippedSince(4)} AS day
      ${skipping} ${since(4)}`,
  };
};

const SQL = { visitor: statements('visitor'), ip: statements('ip') };

/** The number of a new event, for which one that comes late makes room. Within a transaction, before it is stored. */
export const enterLine = (database: SqliteDatabase, { kind, key }: Line, time: number): number => {
  const last = database.one<{ time: number; seq: number }>(SQL[kind].last, ...key);
  if (last === undefined) return 1;
  if (last.time <= time) return last.seq + 1;
  const before = database.one<{ seq: number }>(SQL[kind].before, ...key, time);
  const after = database.one<{ row: number; seq: number }>(SQL[kind].after, ...key, time);
  if (after === undefined) throw new Error('the last of a line is not among those after an earlier time');
  if (before === undefined) return after.seq - 1;
  database.run(SQL[kind].skipLess, after.row);
  return before.seq + 1;
};

/** Has the next in the line know that an event is no longer before it. Within a transaction, before it is deleted. */
export const leaveLine = (database: SqliteDatabase, { kind, key }: Line, time: number, seq: number): void => {
  database.run(SQL[kind].leave, ...key, time, seq);
};

type Counted = Record<'last' | keyof ActivityWindow, number | null> & { skips: number };

/** How many events of the line fall into each window that ends at `time`, inclusive at both ends. */
export const countLine = (database: SqliteDatabase, { kind, key }: Line, time: number): ActivityWindow => {
  const asked = [...key, time, time - WINDOWS.minutes5, time - WINDOWS.hour, time - WINDOWS.day];
  const row = database.one<Counted>(SQL[kind].count, ...asked);
  const skipped = row?.skips === 1 ? database.one<ActivityWindow>(SQL[kind].skipped, ...asked) : undefined;
  const countOf = (name: keyof ActivityWindow) => {
    const first = row?.[name];
    return first == null ? 0 : (row?.last ?? 0) - first + 1 - (skipped?.[name] ?? 0);
  };
  return { minutes5: countOf('minutes5'), hour: countOf('hour'), day: countOf('day') };
};
