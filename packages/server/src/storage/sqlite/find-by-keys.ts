import { foundBy } from '../found-by.ts';
import { unpackProfiles } from '../packed-words.ts';
import type { FoundVisitor, Recollection } from '../store.ts';
import { readLines } from './blocking-keys.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** Number, id, first seen in the workspace and on the server, last seen, and bytes of the profile. */
type Known = [
  number: number,
  visitorId: string,
  firstSeen: number,
  firstSeenServer: number,
  lastSeen: number,
  bytes: number,
];

/**
 * One row for all of them: as rows and blobs of their own, a hundred would take half as long again (see ADR 0041). `group_concat`
 * joins the bytes of blobs as they are, and the cast leaves them so.
 */
const KNOWN = `SELECT
    json_group_array(json_array(number, visitor, first_seen, first_seen_server, last_seen, length(profile))) AS known,
    CAST(group_concat(profile, '') AS BLOB) AS profiles
  FROM visitors WHERE number IN (SELECT value FROM json_each(?)) AND workspace = ? AND profile IS NOT NULL`;

const readKnown = (
  database: SqliteDatabase,
  workspaceId: string,
  numbers: readonly number[],
): Map<number, Omit<FoundVisitor, 'foundBy'>> => {
  if (numbers.length === 0) return new Map();
  const row = database.one<{ known: string; profiles: Uint8Array | null }>(KNOWN, JSON.stringify(numbers), workspaceId);
  if (row === undefined || row.profiles === null) return new Map();
  const known = JSON.parse(row.known) as Known[];
  const profiles = unpackProfiles(
    row.profiles,
    known.map(([, , , , , bytes]) => bytes),
  );
  return new Map(
    known.map(([number, visitorId, firstSeen, firstSeenServer, lastSeen], at) => [
      number,
      {
        visitorId,
        profile: profiles[at] ?? new Uint32Array(),
        firstSeen: { workspace: firstSeen, server: firstSeenServer },
        lastSeen: { workspace: lastSeen, server: lastSeen },
      },
    ]),
  );
};

/** Whom the keys lead to. See `Recollection`. */
export const findByKeys = (
  database: SqliteDatabase,
  workspaceId: string,
  keys: readonly number[],
): Pick<Recollection, 'found' | 'read'> => {
  const lines = readLines(database, keys);
  const found = foundBy(lines);
  const known = readKnown(database, workspaceId, [...found.keys()]);
  return {
    found: [...found].flatMap(([number, mask]) => {
      const visitor = known.get(number);
      return visitor === undefined ? [] : [{ ...visitor, foundBy: mask }];
    }),
    read: lines.map((line) => line.length),
  };
};
