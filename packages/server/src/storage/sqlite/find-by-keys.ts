import { foundBy } from '../found-by.ts';
import { unpackProfile } from '../packed-words.ts';
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

/** One row for all of them: as rows and blobs of their own, a hundred would take half as long again (see ADR 0041). */
const KNOWN = `SELECT
    json_group_array(json_array(number, visitor, first_seen, first_seen_server, last_seen, length(profile))) AS known,
    group_concat(hex(profile), '') AS profiles
  FROM visitors WHERE number IN (SELECT value FROM json_each(?)) AND workspace = ? AND profile IS NOT NULL`;

const readKnown = (
  database: SqliteDatabase,
  workspaceId: string,
  numbers: readonly number[],
): Map<number, Omit<FoundVisitor, 'foundBy'>> => {
  if (numbers.length === 0) return new Map();
  const row = database.one<{ known: string; profiles: string | null }>(KNOWN, JSON.stringify(numbers), workspaceId);
  const profiles = Buffer.from(row?.profiles ?? '', 'hex');
  let from = 0;
  return new Map(
    (JSON.parse(row?.known ?? '[]') as Known[]).map(
      ([number, visitorId, firstSeen, firstSeenServer, lastSeen, bytes]) => {
        const profile = unpackProfile(profiles.subarray(from, from + bytes));
        from += bytes;
        return [
          number,
          {
            visitorId,
            profile,
            firstSeen: { workspace: firstSeen, server: firstSeenServer },
            lastSeen: { workspace: lastSeen, server: lastSeen },
          },
        ];
      },
    ),
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
