import type { Features } from '@whorl/engine';
import { CANDIDATES_PER_KEY, type EventRecord, type VisitorRow } from '../store.ts';
import { presumedBy } from '../without-mention.ts';
import { type CopiedProfile, writeKeys } from './identity-keys.ts';
import { type Queries, Restart } from './postgres-database.ts';
import { insertRows, withRows } from './table-columns.ts';

type Row = { visitor: string; features: string; first_seen: number; first_seen_server: number; last_seen: number };

/** A visitor of a workspace. */
export type VisitorName = { visitor: string; workspace: string };

type Profile = CopiedProfile & { keys: string[]; trusted_at: number | null };

const READ = 'visitor, features, first_seen, first_seen_server, last_seen';

const toVisitor = (row: Row): VisitorRow => ({
  visitorId: row.visitor,
  features: JSON.parse(row.features) as Features,
  firstSeen: { workspace: row.first_seen, server: row.first_seen_server },
  lastSeen: { workspace: row.last_seen, server: row.last_seen },
});

/** For each name in order, the visitor, or undefined when there is none. */
export const findVisitors = async (
  queries: Queries,
  names: readonly VisitorName[],
): Promise<(VisitorRow | undefined)[]> => {
  const found = await withRows<VisitorName, Row & { at: number }>(
    queries,
    `SELECT at, ${READ} FROM :rows JOIN whorl.visitors USING (visitor, workspace)`,
    { visitor: 'text', workspace: 'text' },
    names,
  );
  const byPlace = new Map(found.map((row) => [row.at, row]));
  return names.map((_, at) => {
    const row = byPlace.get(at + 1);
    return row === undefined ? undefined : toVisitor(row);
  });
};

/** For each key in order, the visitors under it, last seen first, at most `most` of each. */
export const findByKeys = async (
  queries: Queries,
  keys: readonly { key: string; workspace: string }[],
  most = CANDIDATES_PER_KEY,
): Promise<VisitorRow[][]> => {
  const found = await withRows<{ key: string; workspace: string }, Row & { at: number }>(
    queries,
    `SELECT at, found.* FROM :rows CROSS JOIN LATERAL (
       SELECT ${READ} FROM whorl.identity_keys k WHERE k.key = given.key AND k.workspace = given.workspace
       ORDER BY last_seen DESC, visitor DESC LIMIT ${most}
     ) found ORDER BY at, last_seen DESC, visitor DESC`,
    { key: 'text', workspace: 'text' },
    keys,
  );
  const byKey: VisitorRow[][] = keys.map(() => []);
  for (const row of found) byKey[row.at - 1]?.push(toVisitor(row));
  return byKey;
};

/** What is known of the visitor after the event. In whatever order events come, the outcome is the same. */
const afterEvent = (known: Profile, { event, profile }: EventRecord): Profile => {
  const { time, identity } = event;
  const teaches = profile !== null && time >= (known.trusted_at ?? 0);
  return {
    first_seen: Math.min(identity.firstSeen.workspace, time, known.first_seen),
    first_seen_server: Math.min(identity.firstSeen.server, time, known.first_seen_server),
    last_seen: Math.max(time, known.last_seen),
    features: teaches ? JSON.stringify(profile.features) : known.features,
    keys: teaches ? [...new Set(profile.keys)] : known.keys,
    trusted_at: teaches ? time : known.trusted_at,
  };
};

const nameOf = ({ event }: EventRecord): VisitorName => ({
  visitor: event.identity.visitorId,
  workspace: event.workspaceId,
});
const keyOf = ({ visitor, workspace }: VisitorName): string => `${visitor} ${workspace}`;

/**
 * Holds the visitors that the records presume to be there, in the order of their names, until the transaction ends, so
 * that none of them is erased before the records are written. Tells which of them are there.
 */
export const holdPresumed = async (
  queries: Queries,
  records: readonly EventRecord[],
): Promise<(workspaceId: string, visitorId: string) => boolean> => {
  const wanted = new Map<string, VisitorName>();
  for (const { event } of records) {
    for (const visitor of presumedBy(event)) {
      const name = { visitor, workspace: event.workspaceId };
      wanted.set(keyOf(name), name);
    }
  }
  const held = await withRows<VisitorName, VisitorName>(
    queries,
    'SELECT visitor, workspace FROM :rows JOIN whorl.visitors v USING (visitor, workspace) ORDER BY at FOR UPDATE OF v',
    { visitor: 'text', workspace: 'text' },
    [...wanted.keys()].sort().flatMap((key) => wanted.get(key) ?? []),
  );
  const there = new Set(held.map(keyOf));
  return (workspace, visitor) => there.has(keyOf({ visitor, workspace }));
};

const NEW = {
  visitor: 'text',
  workspace: 'text',
  features: 'text',
  first_seen: 'bigint',
  first_seen_server: 'bigint',
  last_seen: 'bigint',
} as const;

/** Rows of the records' visitors, made where there is none, in the order of their names and held until the transaction ends. */
export const holdVisitors = async (
  queries: Queries,
  records: readonly EventRecord[],
): Promise<(VisitorName & Profile)[]> => {
  const first = new Map<string, EventRecord>();
  for (const record of records) {
    const key = keyOf(nameOf(record));
    if (!first.has(key)) first.set(key, record);
  }
  const names = [...first.keys()].sort().flatMap((key) => first.get(key) ?? []);
  const blank = names.map((record) => {
    const { time } = record.event;
    return { ...nameOf(record), features: '{}', first_seen: time, first_seen_server: time, last_seen: time };
  });
  await insertRows(queries, 'visitors', NEW, blank, 'ON CONFLICT DO NOTHING');
  const held = await withRows<VisitorName, VisitorName & Profile>(
    queries,
    `SELECT v.visitor, v.workspace, features, first_seen, first_seen_server, last_seen, keys, trusted_at
     FROM :rows JOIN whorl.visitors v USING (visitor, workspace) ORDER BY at FOR UPDATE OF v`,
    { visitor: 'text', workspace: 'text' },
    names.map(nameOf),
  );
  if (held.length < names.length) throw new Restart('a visitor was erased meanwhile');
  return held;
};

const CHANGED = { ...NEW, keys: 'text', trusted_at: 'bigint' } as const;

/**
 * Updates the visitors of the records from what was held of them, and with them the copies of their rows under each of
 * their keys, which spare recall a join.
 */
export const writeVisitors = async (
  queries: Queries,
  held: readonly (VisitorName & Profile)[],
  records: readonly EventRecord[],
): Promise<void> => {
  const now = new Map<string, Profile>(held.map((row) => [keyOf(row), row]));
  for (const record of records) {
    const key = keyOf(nameOf(record));
    const known = now.get(key);
    if (known === undefined) throw new Error(`the visitor ${key} is not held`);
    now.set(key, afterEvent(known, record));
  }
  const changes = held.map((before) => ({ name: before, before, after: now.get(keyOf(before)) ?? before }));
  await withRows(
    queries,
    `UPDATE whorl.visitors v SET features = given.features, keys = ARRAY(SELECT json_array_elements_text(given.keys::json)),
       first_seen = given.first_seen, first_seen_server = given.first_seen_server, last_seen = given.last_seen,
       trusted_at = given.trusted_at
     FROM :rows WHERE v.visitor = given.visitor AND v.workspace = given.workspace`,
    CHANGED,
    changes.map(({ name: { visitor, workspace }, after }) => ({
      ...after,
      visitor,
      workspace,
      // An array of arrays of different lengths is none that PostgreSQL has.
      keys: JSON.stringify(after.keys),
    })),
  );
  await writeKeys(queries, changes);
};
