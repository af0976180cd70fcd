import type { EventRecord } from '../store.ts';
import type { Queries } from './postgres-database.ts';
import { insertRows, withRows } from './table-columns.ts';

/** First and last time that any workspace saw such a browser, unix milliseconds. */
export type Sighting = { first: number; last: number };

type Row = { key: string; workspace: string; visitor: string; first: number; last: number };

const COLUMNS = { key: 'text', workspace: 'text', visitor: 'text', first: 'bigint', last: 'bigint' } as const;
const WIDEN = 'SET first = LEAST(s.first, excluded.first), last = GREATEST(s.last, excluded.last)';

export const findSightings = async (queries: Queries, keys: readonly string[]): Promise<Map<string, Sighting>> => {
  const found = await withRows<{ key: string }, Sighting & { key: string }>(
    queries,
    'SELECT s.key, s.first, s.last FROM :rows JOIN whorl.sightings s ON s.key = given.key',
    { key: 'text' },
    [...new Set(keys)].map((key) => ({ key })),
  );
  return new Map(found.map(({ key, first, last }) => [key, { first, last }]));
};

/** One row for each name, in the order of the names, from the first to the last time. */
const merged = <Named extends Sighting>(rows: readonly Named[], nameOf: (row: Named) => string): Named[] => {
  const byName = new Map<string, Named>();
  for (const row of rows) {
    const known = byName.get(nameOf(row)) ?? row;
    const span = { first: Math.min(known.first, row.first), last: Math.max(known.last, row.last) };
    byName.set(nameOf(row), { ...row, ...span });
  }
  return [...byName.keys()].sort().flatMap((name) => byName.get(name) ?? []);
};

/** Notes when the records' browsers were seen, and by which visitors. */
export const writeSightings = async (queries: Queries, records: readonly EventRecord[]): Promise<void> => {
  const rows = records.flatMap(({ event, sightingKey }): Row[] => {
    const { workspaceId, identity, time } = event;
    if (sightingKey === null) return [];
    return [{ key: sightingKey, workspace: workspaceId, visitor: identity.visitorId, first: time, last: time }];
  });
  const { key, first, last } = COLUMNS;
  await insertRows(
    queries,
    'sightings AS s',
    { key, first, last },
    merged(rows, (row) => row.key),
    `ON CONFLICT (key) DO UPDATE ${WIDEN}`,
  );
  await insertRows(
    queries,
    'sighting_visitors AS s',
    COLUMNS,
    merged(rows, (row) => JSON.stringify([row.key, row.workspace, row.visitor])),
    `ON CONFLICT (key, workspace, visitor) DO UPDATE ${WIDEN}`,
  );
};

/** Takes the visitor out of its sightings, which are then as if only the others had been. */
export const eraseSightings = async (queries: Queries, workspaceId: string, visitorId: string): Promise<void> => {
  const own = await queries.all<{ key: string }>(
    'SELECT key FROM whorl.sighting_visitors WHERE visitor = $1 AND workspace = $2',
    visitorId,
    workspaceId,
  );
  const keys = own.map(({ key }) => key);
  // Held first: whoever notes a sighting at the same moment has then either been counted, or comes after.
  await queries.run('SELECT 1 FROM whorl.sightings WHERE key = ANY ($1::text[]) ORDER BY key FOR UPDATE', keys);
  await queries.run(
    'DELETE FROM whorl.sighting_visitors WHERE key = ANY ($1::text[]) AND visitor = $2 AND workspace = $3',
    keys,
    visitorId,
    workspaceId,
  );
  await queries.run(
    `UPDATE whorl.sightings s SET first = rest.first, last = rest.last FROM (
       SELECT key, min(first) AS first, max(last) AS last FROM whorl.sighting_visitors
       WHERE key = ANY ($1::text[]) GROUP BY key
     ) rest WHERE s.key = rest.key`,
    keys,
  );
  await queries.run(
    `DELETE FROM whorl.sightings s WHERE key = ANY ($1::text[])
       AND NOT EXISTS (SELECT 1 FROM whorl.sighting_visitors v WHERE v.key = s.key)`,
    keys,
  );
};
