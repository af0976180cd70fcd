import type { DailyEventsSample } from '../store.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** The visitors of the latest events first, then an exact count for each of them by the visitor index. */
const SAMPLE = `
WITH recent AS (
  SELECT visitor FROM events WHERE workspace = ?1 AND time >= ?2 ORDER BY time DESC LIMIT ?3
)
SELECT
  count(*) AS drawn,
  (SELECT count(*) FROM events e WHERE e.workspace = ?1 AND e.visitor = recent.visitor AND e.time >= ?2) AS events
FROM recent
GROUP BY visitor`;

type Row = { drawn: number; events: number };

/** See `Store.dailyEvents`. */
export const dailyEvents = (
  database: SqliteDatabase,
  workspaceId: string,
  since: number,
  size: number,
): DailyEventsSample => {
  const rows = database.all<Row>(SAMPLE, workspaceId, since, size);
  const drawn = rows.reduce((sum, row) => sum + row.drawn, 0);
  return { counts: rows.map(({ events }) => events), complete: drawn < size };
};
