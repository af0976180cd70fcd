import type { DailyEventsSample } from '../store.ts';
import type { Queries } from './postgres-database.ts';

/** The visitors of the latest events first, then an exact count for each of them by the visitor index. */
const SAMPLE = `
WITH recent AS (
  SELECT visitor FROM whorl.events WHERE workspace = $1 AND time >= $2 ORDER BY time DESC LIMIT $3
), drawn AS (
  SELECT visitor, count(*) AS drawn FROM recent GROUP BY visitor
)
SELECT drawn, events FROM drawn CROSS JOIN LATERAL (
  SELECT count(*) AS events FROM whorl.events e WHERE e.workspace = $1 AND e.visitor = drawn.visitor AND e.time >= $2
) counted`;

/** See `Store.dailyEvents`. */
export const dailyEvents = async (
  queries: Queries,
  workspaceId: string,
  since: number,
  size: number,
): Promise<DailyEventsSample> => {
  const rows = await queries.all<{ drawn: number; events: number }>(SAMPLE, workspaceId, since, size);
  const drawn = rows.reduce((sum, row) => sum + row.drawn, 0);
  return { counts: rows.map(({ events }) => events), complete: drawn < size };
};
