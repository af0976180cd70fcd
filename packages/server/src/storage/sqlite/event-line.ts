import type { ActivityWindow } from '@whorl/engine';
import { WINDOWS } from '../count-activity.ts';
import type { SqliteDatabase, SqlValue } from './sqlite-database.ts';

/**
 * The events of a visitor, and those of an address, stand in a line by their time and are numbered without gaps. So the
 * events of a window are counted by two look-ups of an index, be they three or a hundred thousand.
 */
type Line = 'visitor' | 'ip';

/** Column names cannot be bound, so each line has its own statements. */
const statements = (line: Line) => {
  const seq = `${line}_seq`;
  const events = `FROM events WHERE workspace = ?1 AND ${line} = ?2`;
  const firstSince = (start: string) =>
    `(SELECT ${seq} ${events} AND time BETWEEN ${start} AND ?3 ORDER BY time, ${seq} LIMIT 1)`;
  return {
    last: `SELECT time, ${seq} AS seq ${events} ORDER BY time DESC, ${seq} DESC LIMIT 1`,
    firstAfter: `SELECT ${seq} AS seq ${events} AND time > ?3 ORDER BY time, ${seq} LIMIT 1`,
    makeRoom: `UPDATE events SET ${seq} = ${seq} + 1 WHERE workspace = ?1 AND ${line} = ?2 AND time > ?3`,
    count: `SELECT
      (SELECT ${seq} ${events} AND time <= ?3 ORDER BY time DESC, ${seq} DESC LIMIT 1) AS last,
      ${firstSince('?4')} AS minutes5, ${firstSince('?5')} AS hour, ${firstSince('?6')} AS day`,
  };
};

const SQL = { visitor: statements('visitor'), ip: statements('ip') };

/** The number of a new event. Within a transaction: one that comes late makes room before those of a later time. */
export const nextInLine = (
  database: SqliteDatabase,
  line: Line,
  workspaceId: string,
  entity: SqlValue,
  time: number,
): number => {
  const last = database.one<{ time: number; seq: number }>(SQL[line].last, workspaceId, entity);
  if (last === undefined) return 1;
  if (last.time <= time) return last.seq + 1;
  const after = database.one<{ seq: number }>(SQL[line].firstAfter, workspaceId, entity, time);
  database.run(SQL[line].makeRoom, workspaceId, entity, time);
  return after?.seq ?? last.seq;
};

/** How many events of the line fall into each window that ends at `time`, inclusive at both ends. */
export const countLine = (
  database: SqliteDatabase,
  line: Line,
  workspaceId: string,
  entity: SqlValue,
  time: number,
): ActivityWindow => {
  const row = database.one<Record<'last' | keyof ActivityWindow, number | null>>(
    SQL[line].count,
    workspaceId,
    entity,
    time,
    time - WINDOWS.minutes5,
    time - WINDOWS.hour,
    time - WINDOWS.day,
  );
  const since = (first: number | null | undefined) => (first == null ? 0 : (row?.last ?? 0) - first + 1);
  return { minutes5: since(row?.minutes5), hour: since(row?.hour), day: since(row?.day) };
};

/** A place in the line of an address that an event has left. */
type Gap = { ip: Uint8Array; ip_seq: number; time: number };

const END = Number.MAX_SAFE_INTEGER;

/** Moves those up that stand between two gaps, or behind the last, by as many places as have become free before them. */
const MOVE_UP = `UPDATE events SET ip_seq = ip_seq - ?7
  WHERE workspace = ?1 AND ip = ?2 AND time BETWEEN ?3 AND ?4 AND ip_seq > ?5 AND ip_seq < ?6`;

/** Numbers the lines of addresses anew after events have been deleted from them. Within the same transaction. */
export const closeGaps = (database: SqliteDatabase, workspaceId: string, gaps: readonly Gap[]): void => {
  const lines = new Map<string, Gap[]>();
  for (const gap of gaps) {
    const key = Buffer.from(gap.ip).toString('hex');
    const line = lines.get(key);
    if (line === undefined) lines.set(key, [gap]);
    else line.push(gap);
  }
  for (const line of lines.values()) {
    const sorted = line.toSorted((a, b) => a.ip_seq - b.ip_seq);
    sorted.forEach(({ ip, time, ip_seq }, at) => {
      const next = sorted[at + 1] ?? { time: END, ip_seq: END };
      if (next.ip_seq === ip_seq + 1) return;
      database.run(MOVE_UP, workspaceId, ip, time, next.time, ip_seq, next.ip_seq, at + 1);
    });
  }
};
