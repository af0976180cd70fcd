import { WINDOWS } from '../count-activity.ts';
import { scopeColumn } from '../count-scope.ts';
import { LINK_KINDS, type Link, linksShown, type ShownEvent } from '../links.ts';
import { packAddress } from '../pack-address.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** The day that a link is filed under: whole days since 1970, UTC. */
export const dayOf = (time: number): number => Math.floor(time / WINDOWS.day);

const BY_VISITOR = { index: 'events_by_visitor', column: 'visitor' } as const;
const BY_IP = { index: 'events_by_ip', column: 'ip' } as const;
const BY_LINKED_ID = { index: 'events_by_linked_id', column: 'linked_id' } as const;

type Index = typeof BY_VISITOR | typeof BY_IP | typeof BY_LINKED_ID;
type Shown = { entity: 'visitor' | 'linked_id'; value: Index['column'] | 'country'; indexes: [Index, Index] };

/** The columns of the events that show each kind of link, and the indexes that lead to them. */
const SHOWN_BY: Record<Link['kind'], Shown> = {
  [LINK_KINDS.visitorIps]: { entity: 'visitor', value: 'ip', indexes: [BY_IP, BY_VISITOR] },
  [LINK_KINDS.visitorLinkedIds]: { entity: 'visitor', value: 'linked_id', indexes: [BY_LINKED_ID, BY_VISITOR] },
  [LINK_KINDS.visitorCountries]: { entity: 'visitor', value: 'country', indexes: [BY_VISITOR, BY_VISITOR] },
  [LINK_KINDS.linkedIdIps]: { entity: 'linked_id', value: 'ip', indexes: [BY_LINKED_ID, BY_IP] },
  [LINK_KINDS.linkedIdVisitors]: { entity: 'linked_id', value: 'visitor', indexes: [BY_LINKED_ID, BY_VISITOR] },
};

/** Where an index has no more events than this, looking at them all is cheap. */
const FEW_EVENTS = 256;

/** When events last showed a link from one time to another, both inclusive; null when never. */
export const lastShown = (database: SqliteDatabase, link: Link, from: number, to: number): number | null => {
  const { entity, value, indexes } = SHOWN_BY[link.kind];
  const [first, other] = indexes;
  const bound = { entity: link.entity, value: value === 'ip' ? packAddress(link.value) : link.value };
  // An address or linked id is shared by few or by very many; the planner has no figures to tell.
  const counted = database.one<{ events: number }>(
    `SELECT count(*) AS events FROM (SELECT 1 FROM events INDEXED BY ${first.index}
       WHERE workspace = ? AND scope = ? AND ${first.column} = ? AND time BETWEEN ? AND ? LIMIT ${FEW_EVENTS + 1})`,
    link.workspaceId,
    scopeColumn(link),
    first.column === entity ? bound.entity : bound.value,
    from,
    to,
  );
  const { index } = (counted?.events ?? 0) > FEW_EVENTS ? other : first;
  return (
    database.one<{ time: number }>(
      `SELECT time FROM events INDEXED BY ${index}
       WHERE workspace = ? AND scope = ? AND ${entity} = ? AND ${value} = ? AND time BETWEEN ? AND ?
       ORDER BY time DESC LIMIT 1`,
      link.workspaceId,
      scopeColumn(link),
      bound.entity,
      bound.value,
      from,
      to,
    )?.time ?? null
  );
};

/** Among the three days that a reader looks at, a link has one row: under the day on which it was seen last. */
const writeLink = (database: SqliteDatabase, link: Link, time: number): void => {
  const { entity, scope, kind, value } = link;
  const day = dayOf(time);
  const { changes } = database.run(
    `INSERT INTO links (day, entity, workspace, kind, value, latest)
     SELECT ?1, ?2, ?3, ?4, ?5, ?6
     WHERE NOT EXISTS (SELECT 1 FROM links WHERE day IN (?1 + 1, ?1 + 2) AND entity = ?2 AND workspace = ?3 AND kind = ?4 AND value = ?5)
     ON CONFLICT DO UPDATE SET latest = max(latest, excluded.latest)`,
    day,
    entity,
    scope,
    kind,
    value,
    time,
  );
  if (changes === 0) return;
  database.run(
    'DELETE FROM links WHERE day IN (?1 - 1, ?1 - 2) AND entity = ?2 AND workspace = ?3 AND kind = ?4 AND value = ?5',
    day,
    entity,
    scope,
    kind,
    value,
  );
};

/**
 * Corrects a link that an event of this time no longer shows. Where a later event stands for it, nothing changes; else the
 * newest event that still shows it does, of the two days that windows can reach into.
 */
const correctLink = (database: SqliteDatabase, link: Link, time: number): void => {
  const { entity, scope, kind, value } = link;
  const { changes } = database.run(
    'DELETE FROM links WHERE day = ? AND entity = ? AND workspace = ? AND kind = ? AND value = ? AND latest = ?',
    dayOf(time),
    entity,
    scope,
    kind,
    value,
    time,
  );
  if (changes === 0) return;
  const latest = lastShown(database, link, time - 2 * WINDOWS.day, time);
  if (latest !== null) writeLink(database, link, latest);
};

/** Notes which values the event shows with its visitor and its linked id. Within a transaction. */
export const writeLinks = (database: SqliteDatabase, shown: ShownEvent): void => {
  for (const link of linksShown(shown)) writeLink(database, link, shown.event.time);
};

/** Corrects the links of an event that is gone, or says something else by now. Within a transaction, after the change. */
export const correctLinks = (database: SqliteDatabase, shown: ShownEvent): void => {
  for (const link of linksShown(shown)) correctLink(database, link, shown.event.time);
};

/** Deletes up to `limit` links that were last seen on a day that is wholly out of every window that ends at `time`. */
export const sweepLinks = (database: SqliteDatabase, time: number, limit: number): number =>
  database.run(
    `DELETE FROM links WHERE (day, entity, workspace, kind, value) IN
       (SELECT day, entity, workspace, kind, value FROM links WHERE day < ? LIMIT ?)`,
    dayOf(time - WINDOWS.day),
    limit,
  ).changes;
