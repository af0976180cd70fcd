import type { EdgeEvent, Event, EventPage, EventSearch } from '@whorl/contract';
import { unpackEvent } from '../event-body.ts';
import { tailOf } from '../request-id.ts';
import type { Condition } from '../search-conditions.ts';
import { conditionsIn, EDGE_EVENTS, EVENTS, type SearchSource } from '../search-source.ts';
import type { SqliteDatabase, SqlValue } from './sqlite-database.ts';

/** A table of events that can be searched, and the one with their bodies. Its indexes are named after it. */
type Table = SearchSource & { table: string; bodies: string };

const EVENT_TABLE: Table = { ...EVENTS, table: 'events', bodies: 'bodies' };
const EDGE_EVENT_TABLE: Table = { ...EDGE_EVENTS, table: 'edge_events', bodies: 'edge_bodies' };

/**
 * Up to so many events of a network are read by address and then put in order. More are found soon by going through all
 * events by time, in whose order they are wanted.
 */
const FEW_OF_NETWORK = 4_096;

type Query = { from: string; where: string; values: SqlValue[] };

/** The index that leads to the fewest rows. Told, not left to the planner, which has no figures to choose by. */
const indexFor = (
  database: SqliteDatabase,
  { table }: Table,
  workspaceId: string,
  conditions: readonly Condition[],
): string => {
  const on = (column: string) => conditions.find((condition) => condition.column === column);
  if (on('visitor') !== undefined) return `${table}_by_visitor`;
  if (on('linked_id') !== undefined) return `${table}_by_linked_id`;
  const network = on('ip');
  if (network === undefined) return `${table}_by_time`;
  const found = database.one<{ rows: number }>(
    `SELECT count(*) AS rows FROM (SELECT 1 FROM ${table} INDEXED BY ${table}_by_ip
       WHERE workspace = ? AND ${network.sql} LIMIT ${FEW_OF_NETWORK + 1})`,
    workspaceId,
    ...network.values,
  );
  return (found?.rows ?? 0) > FEW_OF_NETWORK ? `${table}_by_time` : `${table}_by_ip`;
};

/** The events of all pages; undefined when there can be none. */
const queryOf = (database: SqliteDatabase, source: Table, search: EventSearch): Query | undefined => {
  const { workspaceId, filter, after, before } = search;
  const conditions = conditionsIn(source, filter, (column, field) => `json_extract(${column}, '$.${field}')`);
  if (conditions === undefined) return undefined;
  return {
    from: `${source.table} INDEXED BY ${indexFor(database, source, workspaceId, conditions)}`,
    where: ['workspace = ?', 'time > ?', 'time < ?', ...conditions.map(({ sql }) => sql)].join(' AND '),
    values: [workspaceId, after, before, ...conditions.flatMap(({ values }) => values)],
  };
};

/** Row numbers of a page, with one more where the next page has an event. Ids of one time are in the order of their tails. */
const pageRows = (database: SqliteDatabase, query: Query, { order, from, limit }: EventSearch): number[] => {
  const [direction, beyond] = order === 'newest-first' ? ['DESC', '<'] : ['ASC', '>'];
  const position = from === null ? '' : ` AND time ${beyond}= ? AND (time, tail) ${beyond} (?, ?)`;
  return database
    .all<{ row: number }>(
      `SELECT row FROM ${query.from} WHERE ${query.where}${position}
       ORDER BY time ${direction}, tail ${direction} LIMIT ?`,
      ...query.values,
      ...(from === null ? [] : [from.time, from.time, tailOf(from.id)]),
      limit + 1,
    )
    .map(({ row }) => row);
};

const countUpTo = (database: SqliteDatabase, { from, where, values }: Query, most: number): number =>
  database.one<{ rows: number }>(
    `SELECT count(*) AS rows FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ?)`,
    ...values,
    most,
  )?.rows ?? 0;

const searchIn = <E extends Event | EdgeEvent>(
  database: SqliteDatabase,
  source: Table,
  search: EventSearch,
): EventPage<E> =>
  database.read(() => {
    const query = queryOf(database, source, search);
    const rows = query === undefined ? [] : pageRows(database, query, search);
    const events = rows.slice(0, search.limit).map((row) => {
      const found = database.one<{ body: Uint8Array }>(`SELECT body FROM ${source.bodies} WHERE row = ?`, row);
      if (found === undefined) throw new Error(`the event in row ${row} of ${source.table} has no body`);
      return unpackEvent<E>(found.body);
    });
    const page = { events, more: rows.length > search.limit };
    if (search.countUpTo === undefined) return page;
    return { ...page, total: query === undefined ? 0 : countUpTo(database, query, search.countUpTo) };
  });

/** See `Store.searchEvents`. */
export const searchEvents = (database: SqliteDatabase, search: EventSearch): EventPage<Event> =>
  searchIn<Event>(database, EVENT_TABLE, search);

/** See `Store.searchEdgeEvents`. */
export const searchEdgeEvents = (database: SqliteDatabase, search: EventSearch): EventPage<EdgeEvent> =>
  searchIn<EdgeEvent>(database, EDGE_EVENT_TABLE, search);
