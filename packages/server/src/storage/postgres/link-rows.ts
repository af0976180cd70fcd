import { WINDOWS } from '../count-activity.ts';
import { linksShown, type ShownEvent } from '../links.ts';
import type { Queries } from './postgres-database.ts';
import { insertRows } from './table-columns.ts';

const COLUMNS = {
  entity: 'text',
  workspace: 'text',
  kind: 'smallint',
  value: 'text',
  latest: 'bigint',
  day: 'integer',
} as const;

type Row = { entity: string; workspace: string; kind: number; value: string; latest: number; day: number };

/** Whole days since 1970, UTC. */
const dayOf = (time: number): number => Math.floor(time / WINDOWS.day);

const keepLatest = `ON CONFLICT (entity, workspace, kind, value)
  DO UPDATE SET latest = excluded.latest, day = excluded.day WHERE links.latest < excluded.latest`;

/** Notes which values the events show with their visitors and their linked ids. */
export const writeLinks = async (queries: Queries, shown: readonly ShownEvent[]): Promise<void> => {
  const rows = new Map<string, Row>();
  for (const one of shown) {
    const { time } = one.event;
    for (const { entity, scope, kind, value } of linksShown(one)) {
      const key = JSON.stringify([entity, scope, kind, value]);
      if ((rows.get(key)?.latest ?? 0) > time) continue;
      rows.set(key, { entity, workspace: scope, kind, value, latest: time, day: dayOf(time) });
    }
  }
  // In the order of the keys, so that transactions with the same links never wait for each other in a ring.
  const sorted = [...rows.keys()].sort().flatMap((key) => rows.get(key) ?? []);
  await insertRows(queries, 'links', COLUMNS, sorted, keepLatest);
};

/** Deletes up to `limit` links that were last seen on a day that is wholly out of every window that ends at `time`. */
export const sweepLinks = (queries: Queries, time: number, limit: number): Promise<number> =>
  queries.run(
    `DELETE FROM whorl.links WHERE (entity, workspace, kind, value) IN (
       SELECT entity, workspace, kind, value FROM whorl.links WHERE day < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    dayOf(time - WINDOWS.day),
    limit,
  );
