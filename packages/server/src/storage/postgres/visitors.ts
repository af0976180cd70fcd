import type { Features } from '@whorl/engine';
import { unpackProfile } from '../packed-words.ts';
import { VISITORS_PER_KEY, type VisitorRow } from '../store.ts';
import { readLines } from './blocking-keys.ts';
import type { Queries } from './postgres-database.ts';
import { withRows } from './table-columns.ts';

type Row = {
  visitor: string;
  features: string;
  profile: Buffer | null;
  first_seen: number;
  first_seen_server: number;
  last_seen: number;
};

/** A visitor of a workspace. */
export type VisitorName = { visitor: string; workspace: string };

const COLUMNS = 'v.visitor, features, profile, first_seen, first_seen_server, last_seen';

const toVisitor = (row: Row): VisitorRow => ({
  visitorId: row.visitor,
  features: JSON.parse(row.features) as Features,
  profile: row.profile === null ? null : unpackProfile(row.profile),
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
    `SELECT at, ${COLUMNS} FROM :rows JOIN whorl.visitors v USING (visitor, workspace)`,
    { visitor: 'text', workspace: 'text' },
    names,
  );
  const byPlace = new Map(found.map((row) => [row.at, row]));
  return names.map((_, at) => {
    const row = byPlace.get(at + 1);
    return row === undefined ? undefined : toVisitor(row);
  });
};

export const hasVisitors = async (queries: Queries): Promise<boolean> =>
  (await queries.one('SELECT 1 FROM whorl.visitors LIMIT 1')) !== undefined;

/** The visitors under a device key that came last, last seen first. */
export const visitorsOfDevice = async (
  queries: Queries,
  workspaceId: string,
  deviceKey: number,
  most: number,
): Promise<VisitorRow[]> => {
  const rows = await queries.all<Row>(
    `SELECT ${COLUMNS}
     FROM (SELECT visitor FROM whorl.blocking_keys WHERE key = $1 ORDER BY hour DESC, visitor DESC LIMIT $2) line
     JOIN whorl.visitors v ON v.number = line.visitor WHERE workspace = $3 ORDER BY last_seen DESC, number DESC`,
    deviceKey,
    most,
    workspaceId,
  );
  return rows.map(toVisitor);
};

/**
 * For each key in order, the visitors under it; none where there are so many that nobody could know all of them: such a key tells
 * nobody apart, and changes from one moment to the next.
 */
export const fewUnderKeys = async (
  queries: Queries,
  keys: readonly { key: number; workspace: string }[],
): Promise<string[][]> => {
  const lines = await readLines(
    queries,
    keys.map(({ key }) => key),
  );
  const few = lines.map((line) => (line.length < VISITORS_PER_KEY ? line : []));
  const rows = await queries.all<VisitorName & { number: number }>(
    'SELECT number, visitor, workspace FROM whorl.visitors WHERE number = ANY ($1::bigint[])',
    [...new Set(few.flat())],
  );
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  return few.map((line, at) =>
    line.flatMap((number) => {
      const known = byNumber.get(number);
      return known !== undefined && known.workspace === keys[at]?.workspace ? [known.visitor] : [];
    }),
  );
};
