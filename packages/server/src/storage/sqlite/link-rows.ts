import type { Event } from '@whorl/contract';
import { WINDOWS } from '../count-activity.ts';
import { type Link, linksOf } from '../links.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** The day that a link is filed under: whole days since 1970, UTC. */
export const dayOf = (time: number): number => Math.floor(time / WINDOWS.day);

/** Among the three days that a reader looks at, a link has one row: under the day on which it was seen last. */
const writeLink = (database: SqliteDatabase, link: Link, time: number): void => {
  const { entity, workspaceId, kind, value } = link;
  const day = dayOf(time);
  const { changes } = database.run(
    `INSERT INTO links (day, entity, workspace, kind, value, latest)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6
     WHERE NOT EXISTS (SELECT 1 FROM links WHERE day IN (?1 + 1, ?1 + 2) AND entity = ?2 AND workspace = ?3 AND kind = ?4 AND value = ?5)
     ON CONFLICT DO UPDATE SET latest = max(latest, excluded.latest)`,
    day,
    entity,
    workspaceId,
    kind,
    value,
    time,
  );
  if (changes === 0) return;
  database.run(
    'DELETE FROM links WHERE day IN (?1 - 1, ?1 - 2) AND entity = ?2 AND workspace = ?3 AND kind = ?4 AND value = ?5',
    day,
    entity,
    workspaceId,
    kind,
    value,
  );
};

/** Notes which values the event shows with its visitor and its linked id. Within a transaction. */
export const writeLinks = (database: SqliteDatabase, event: Event, country: string | null): void => {
  const { workspaceId, identity, ip, linkedId = null, time } = event;
  const parties = { workspaceId, visitorId: identity.visitorId, ip, linkedId, country };
  for (const link of linksOf(parties)) writeLink(database, link, time);
};

/** Deletes up to `limit` links that were last seen on a day that is wholly out of every window that ends at `time`. */
export const sweepLinks = (database: SqliteDatabase, time: number, limit: number): number =>
  database.run(
    `DELETE FROM links WHERE (day, entity, workspace, kind, value) IN
       (SELECT day, entity, workspace, kind, value FROM links WHERE day < ? LIMIT ?)`,
    dayOf(time - WINDOWS.day),
    limit,
  ).changes;
