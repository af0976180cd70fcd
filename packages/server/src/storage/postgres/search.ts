import type { EdgeEvent, Event, EventPage, EventSearch } from '@whorl/contract';
import { unpackEvent } from '../event-body.ts';
import { tailOf } from '../request-id.ts';
import type { Condition } from '../search-conditions.ts';
import { conditionsIn, EDGE_EVENTS, EVENTS, type SearchSource } from '../search-source.ts';
import type { PostgresDatabase, Queries, SqlValue } from './postgres-database.ts';

/** A table of events that can be searched, and the one with their bodies. */
type Table = SearchSource & { table: string; bodies: string };

const EVENT_TABLE: Table = { ...EVENTS, table: 'whorl.events', bodies: 'whorl.event_bodies' };
const EDGE_EVENT_TABLE: Table = { ...EDGE_EVENTS, table: 'whorl.edge_events', bodies: 'whorl.edge_events' };

/** Conditions joined, and their values, which are numbered as PostgreSQL does it. */
class Where {
  readonly values: SqlValue[] = [];
  sql = '';

  and(sql: string, ...values: SqlValue[]): this {
    let at = 0;
    const numbered = sql.replaceAll('?', () => this.bind(values[at++] ?? null));
    this.sql += this.sql === '' ? numbered : ` AND ${numbered}`;
    return this;
  }

  /** Adds a value and returns what stands for it. */
  bind(value: SqlValue): string {
    return `$${this.values.push(value)}`;
  }
}

/** No event is farther from 1970 than a Date can tell, in milliseconds; PostgreSQL's whole numbers have no infinity. */
const FARTHEST = 8.64e15;

const wholeTime = (time: number): number => Math.min(FARTHEST, Math.max(-FARTHEST, time));

/** The events of all pages. */
const whereOf = ({ workspaceId, after, before }: EventSearch, conditions: readonly Condition[]): Where => {
  const where = new Where().and('workspace = ?', workspaceId);
  where.and('time > ?', Math.floor(wholeTime(after))).and('time < ?', Math.ceil(wholeTime(before)));
  for (const { sql, values } of conditions) where.and(sql, ...values);
  return where;
};

/** A page, with one more where the next page has an event. Ids of one time are in the order of their tails. */
const readPage = async <E extends Event | EdgeEvent>(
  queries: Queries,
  source: Table,
  search: EventSearch,
  conditions: readonly Condition[],
): Promise<E[]> => {
  const { order, from, limit } = search;
  const [direction, beyond] = order === 'newest-first' ? ['DESC', '<'] : ['ASC', '>'];
  const where = whereOf(search, conditions);
  // The time alone comes first: it leaves out partitions.
  if (from !== null) where.and(`time ${beyond}= ?`, from.time);
  if (from !== null) where.and(`(time, tail) ${beyond} (?, ?)`, from.time, tailOf(from.id));
  const limited = where.bind(limit + 1);
  const rows = await queries.allOnce<{ body: Buffer }>(
    `WITH page AS MATERIALIZED (
       SELECT bucket, time, tail FROM ${source.table} WHERE ${where.sql}
       ORDER BY time ${direction}, tail ${direction} LIMIT ${limited}
     )
     SELECT body FROM page JOIN ${source.bodies} USING (bucket, time, tail)
     ORDER BY time ${direction}, tail ${direction}`,
    ...where.values,
  );
  return rows.map(({ body }) => unpackEvent<E>(body));
};

const countUpTo = async (
  queries: Queries,
  source: Table,
  search: EventSearch,
  conditions: readonly Condition[],
  most: number,
): Promise<number> => {
  const where = whereOf(search, conditions);
  const limited = where.bind(most);
  const [counted] = await queries.allOnce<{ rows: number }>(
    `SELECT count(*) AS rows FROM (SELECT 1 FROM ${source.table} WHERE ${where.sql} LIMIT ${limited}) found`,
    ...where.values,
  );
  return counted?.rows ?? 0;
};

const searchIn = async <E extends Event | EdgeEvent>(
  database: PostgresDatabase,
  source: Table,
  search: EventSearch,
): Promise<EventPage<E>> => {
  const { limit, countUpTo: most } = search;
  const conditions = conditionsIn(source, search.filter, (column, field) => `(${column}::json ->> '${field}')`);
  if (conditions === undefined) {
    return { events: [], more: false, ...(most === undefined ? {} : { total: 0 }) };
  }
  return database.snapshot(async (queries) => {
    const found = await readPage<E>(queries, source, search, conditions);
    const page = { events: found.slice(0, limit), more: found.length > limit };
    if (most === undefined) return page;
    return { ...page, total: await countUpTo(queries, source, search, conditions, most) };
  });
};

/** See `Store.searchEvents`. */
export const searchEvents = (database: PostgresDatabase, search: EventSearch): Promise<EventPage<Event>> =>
  searchIn<Event>(database, EVENT_TABLE, search);

/** See `Store.searchEdgeEvents`. */
export const searchEdgeEvents = (database: PostgresDatabase, search: EventSearch): Promise<EventPage<EdgeEvent>> =>
  searchIn<EdgeEvent>(database, EDGE_EVENT_TABLE, search);
