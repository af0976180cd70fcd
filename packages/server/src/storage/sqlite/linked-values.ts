import type { ActivityWindow } from '@whorl/engine';
import { type LinkedValues, WINDOW_NAMES, WINDOWS } from '../count-activity.ts';
import type { Link } from '../links.ts';
import { dayOf, lastShown } from './link-rows.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** An entity with more values than this has them counted by SQLite, not read one by one. */
const FEW_VALUES = 256;

type ValueRow = { value: string; latest: number };

/** The links of an entity that can matter to a day: a window reaches into the day before; the day after may be noted already. */
const LINKS = 'FROM links WHERE day IN (?1 - 1, ?1, ?1 + 1) AND entity = ?2 AND workspace = ?3 AND kind = ?4';

/**
 * When a value was last seen at or before `time`. Its row knows the last time only; where that is later, because another
 * process recorded a later event first, the events themselves tell.
 */
const lastSeen = (database: SqliteDatabase, link: Link, { value, latest }: ValueRow, time: number): number | null => {
  if (latest <= time) return latest;
  return lastShown(database, { ...link, value }, time - WINDOWS.day, time);
};

const fewValues = (database: SqliteDatabase, link: Link, rows: readonly ValueRow[]): LinkedValues => {
  const byValue = new Map(rows.map((row) => [row.value, row]));
  return {
    count(time) {
      const counts = { minutes5: 0, hour: 0, day: 0 };
      for (const row of rows) {
        const seen = lastSeen(database, link, row, time) ?? Number.NEGATIVE_INFINITY;
        for (const name of WINDOW_NAMES) if (seen >= time - WINDOWS[name]) counts[name]++;
      }
      return counts;
    },
    newest(value, time) {
      const row = byValue.get(value);
      return row === undefined ? null : lastSeen(database, link, row, time);
    },
  };
};

/** Values that fall into a window for every time from ?5 to ?6. */
const always = (span: number) => `count(*) FILTER (WHERE latest BETWEEN ?6 - ${span} AND ?5)`;
/** Whether a value falls into some window for a part of those times only. */
const sometimes = [
  'latest > ?5',
  ...Object.values(WINDOWS).map((span) => `latest >= ?5 - ${span} AND latest < ?6 - ${span}`),
]
  .map((condition) => `(${condition})`)
  .join(' OR ');

const COUNT = `SELECT ${always(WINDOWS.minutes5)} AS minutes5, ${always(WINDOWS.hour)} AS hour,
  ${always(WINDOWS.day)} AS day, count(*) FILTER (WHERE ${sometimes}) AS moving ${LINKS}`;

/** One row even where there is none of that value: then its time is the first of all. */
const NEWEST = `SELECT ?5 AS value, coalesce(max(latest), 0) AS latest ${LINKS} AND value = ?5`;

const manyValues = (database: SqliteDatabase, link: Link, from: number, to: number): LinkedValues => {
  const entity = [dayOf(from), link.entity, link.scope, link.kind] as const;
  const counted = database.one<ActivityWindow & { moving: number }>(COUNT, ...entity, from, to);
  const { moving, ...steady } = counted ?? { minutes5: 0, hour: 0, day: 0, moving: 0 };
  /** A batch asks about its own values again and again. */
  const asked = new Map<string, ValueRow>();
  const rows =
    moving === 0 ? [] : database.all<ValueRow>(`SELECT value, latest ${LINKS} AND (${sometimes})`, ...entity, from, to);
  return {
    count(time) {
      const counts = { ...steady };
      for (const row of rows) {
        const seen = lastSeen(database, link, row, time) ?? Number.NEGATIVE_INFINITY;
        for (const name of WINDOW_NAMES) {
          const isSteady = row.latest <= from && row.latest >= to - WINDOWS[name];
          if (!isSteady && seen >= time - WINDOWS[name]) counts[name]++;
        }
      }
      return counts;
    },
    newest(value, time) {
      const row = asked.get(value) ?? database.one<ValueRow>(NEWEST, ...entity, value);
      if (row === undefined) return null;
      asked.set(value, row);
      return lastSeen(database, link, row, time);
    },
  };
};

/** The values of a link's kind and entity, for questions about times from `from` to `to`, of one UTC day. */
export const linkedValues = (database: SqliteDatabase, link: Link, from: number, to: number): LinkedValues => {
  const rows = database.all<ValueRow>(
    `SELECT value, latest ${LINKS} LIMIT ${FEW_VALUES + 1}`,
    dayOf(from),
    link.entity,
    link.scope,
    link.kind,
  );
  return rows.length > FEW_VALUES ? manyValues(database, link, from, to) : fewValues(database, link, rows);
};
