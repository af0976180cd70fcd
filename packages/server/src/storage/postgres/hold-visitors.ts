import { unpackKeys, unpackProfile } from '../packed-words.ts';
import type { EventRecord } from '../store.ts';
import type { VisitorState } from '../visitor-state.ts';
import { presumedBy } from '../without-mention.ts';
import { type Queries, Restart } from './postgres-database.ts';
import { insertRows, withRows } from './table-columns.ts';
import type { VisitorName } from './visitors.ts';

type Row = VisitorName & {
  number: number;
  profile: Buffer | null;
  packed_keys: Buffer;
  hour: number;
  scope: number | null;
  first_seen: number;
  first_seen_server: number;
  last_seen: number;
  trusted_at: number | null;
};

/** A visitor that the transaction holds. Its features are not read: they are only replaced. */
export type HeldVisitor = { name: VisitorName; number: number; state: VisitorState };

const READ =
  'v.visitor, v.workspace, number, profile, packed_keys, hour, scope, first_seen, first_seen_server, last_seen, trusted_at';

const toHeld = (row: Row): HeldVisitor => ({
  name: { visitor: row.visitor, workspace: row.workspace },
  number: row.number,
  state: {
    firstSeen: row.first_seen,
    firstSeenServer: row.first_seen_server,
    lastSeen: row.last_seen,
    trustedAt: row.trusted_at,
    features: null,
    profile: row.profile === null ? null : unpackProfile(row.profile),
    keys: unpackKeys(row.packed_keys),
    hour: row.hour,
    scope: row.scope,
  },
});

/** The visitor of a record. */
export const nameOf = ({ event }: EventRecord): VisitorName => ({
  visitor: event.identity.visitorId,
  workspace: event.workspaceId,
});
/** A name as one text. */
export const keyOf = ({ visitor, workspace }: VisitorName): string => `${visitor} ${workspace}`;

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

/** Holds one visitor until the transaction ends; undefined when there is none. */
export const holdVisitor = async (queries: Queries, name: VisitorName): Promise<HeldVisitor | undefined> => {
  const row = await queries.one<Row>(
    `SELECT ${READ} FROM whorl.visitors v WHERE visitor = $1 AND workspace = $2 FOR UPDATE`,
    name.visitor,
    name.workspace,
  );
  return row === undefined ? undefined : toHeld(row);
};

const NEW = {
  visitor: 'text',
  workspace: 'text',
  features: 'text',
  first_seen: 'bigint',
  first_seen_server: 'bigint',
  last_seen: 'bigint',
} as const;

/** The records' visitors, made where there is none, in the order of their names and held until the transaction ends. */
export const holdVisitors = async (queries: Queries, records: readonly EventRecord[]): Promise<HeldVisitor[]> => {
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
  const held = await withRows<VisitorName, Row>(
    queries,
    `SELECT ${READ} FROM :rows JOIN whorl.visitors v USING (visitor, workspace) ORDER BY at FOR UPDATE OF v`,
    { visitor: 'text', workspace: 'text' },
    names.map(nameOf),
  );
  if (held.length < names.length) throw new Restart('a visitor was erased meanwhile');
  return held.map(toHeld);
};
