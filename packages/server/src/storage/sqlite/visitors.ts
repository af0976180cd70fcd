import type { Features } from '@whorl/engine';
import { unpackProfile } from '../packed-words.ts';
import { VISITORS_PER_KEY, type VisitorRow } from '../store.ts';
import { readLines } from './blocking-keys.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

type Row = {
  visitor: string;
  features: string;
  profile: Uint8Array | null;
  first_seen: number;
  first_seen_server: number;
  last_seen: number;
};

const COLUMNS = 'v.visitor, features, profile, first_seen, first_seen_server, last_seen';

const toVisitor = (row: Row): VisitorRow => ({
  visitorId: row.visitor,
  features: JSON.parse(row.features) as Features,
  profile: row.profile === null ? null : unpackProfile(row.profile),
  firstSeen: { workspace: row.first_seen, server: row.first_seen_server },
  lastSeen: { workspace: row.last_seen, server: row.last_seen },
});

export const findVisitor = (
  database: SqliteDatabase,
  workspaceId: string,
  visitorId: string,
): VisitorRow | undefined => {
  const row = database.one<Row>(
    `SELECT ${COLUMNS} FROM visitors v WHERE visitor = ? AND workspace = ?`,
    visitorId,
    workspaceId,
  );
  return row === undefined ? undefined : toVisitor(row);
};

export const isVisitor = (database: SqliteDatabase, workspaceId: string, visitorId: string): boolean =>
  database.one('SELECT 1 FROM visitors WHERE visitor = ? AND workspace = ?', visitorId, workspaceId) !== undefined;

export const hasVisitors = (database: SqliteDatabase): boolean =>
  database.one('SELECT 1 FROM visitors LIMIT 1') !== undefined;

/** The visitors under a device key that came last, last seen first. */
export const visitorsOfDevice = (
  database: SqliteDatabase,
  workspaceId: string,
  deviceKey: number,
  most: number,
): VisitorRow[] =>
  database
    .all<Row>(
      `SELECT ${COLUMNS}
       FROM (SELECT visitor FROM blocking_keys WHERE key = ? ORDER BY hour DESC, visitor DESC LIMIT ?) line
       JOIN visitors v ON v.number = line.visitor WHERE workspace = ?`,
      deviceKey,
      most,
      workspaceId,
    )
    .map(toVisitor)
    .sort((one, other) => other.lastSeen.workspace - one.lastSeen.workspace);

/**
 * The visitors under a key; none where there are so many that nobody could know all of them: such a key tells nobody apart, and
 * changes from one moment to the next.
 */
export const fewUnderKey = (database: SqliteDatabase, workspaceId: string, key: number): string[] => {
  const [line = []] = readLines(database, [key]);
  if (line.length >= VISITORS_PER_KEY) return [];
  const rows = database.all<{ visitor: string }>(
    'SELECT visitor FROM visitors WHERE number IN (SELECT value FROM json_each(?)) AND workspace = ?',
    JSON.stringify(line),
    workspaceId,
  );
  return rows.map(({ visitor }) => visitor);
};
