import { foundBy } from '../found-by.ts';
import { unpackProfiles } from '../packed-words.ts';
import type { FoundVisitor, Recollection } from '../store.ts';
import { readLines } from './blocking-keys.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** Of each visitor, in columns: number, id, first seen in the workspace and on the server, last seen, and bytes of the profile. */
type Known = [
  number: number[],
  visitorId: string[],
  firstSeen: number[],
  firstSeenServer: number[],
  lastSeen: number[],
  bytes: number[],
];

/**
 * One row for all of them: as rows and blobs of their own, a hundred would take half as long again (see ADR 0041). `group_concat`
 * joins the bytes of blobs as they are, and the cast leaves them so. Columns, because a list of numbers is read without an object
 * for each.
 */
const KNOWN = `SELECT
    json_array(json_group_array(number), json_group_array(visitor), json_group_array(first_seen),
      json_group_array(first_seen_server), json_group_array(last_seen), json_group_array(length(profile))) AS known,
    CAST(group_concat(profile, '') AS BLOB) AS profiles
  FROM visitors WHERE number IN (SELECT value FROM json_each(?)) AND workspace = ? AND profile IS NOT NULL`;

/** Visitors by their numbers, each with the mask of the keys that led to it, in that order. */
const readKnown = (
  database: SqliteDatabase,
  workspaceId: string,
  found: ReadonlyMap<number, number>,
): FoundVisitor[] => {
  if (found.size === 0) return [];
  const asked = JSON.stringify([...found.keys()]);
  const row = database.one<{ known: string; profiles: Uint8Array | null }>(KNOWN, asked, workspaceId);
  if (row === undefined || row.profiles === null) return [];
  const [numbers, visitorIds, firstSeen, firstSeenServer, lastSeen, bytes] = JSON.parse(row.known) as Known;
  const profiles = unpackProfiles(row.profiles, bytes);
  const places = new Map<number, number>();
  for (let at = 0; at < numbers.length; at++) places.set(numbers[at] ?? 0, at);
  const visitors: FoundVisitor[] = [];
  for (const [number, foundBy] of found) {
    const at = places.get(number) ?? -1;
    const [visitorId, profile] = [visitorIds[at], profiles[at]];
    if (visitorId === undefined || profile === undefined) continue;
    const seen = lastSeen[at] ?? 0;
    visitors.push({
      visitorId,
      profile,
      firstSeen: { workspace: firstSeen[at] ?? 0, server: firstSeenServer[at] ?? 0 },
      lastSeen: { workspace: seen, server: seen },
      foundBy,
    });
  }
  return visitors;
};

/** Whom the keys lead to. See `Recollection`. */
export const findByKeys = (
  database: SqliteDatabase,
  workspaceId: string,
  keys: readonly number[],
): Pick<Recollection, 'found' | 'read'> => {
  const lines = readLines(database, keys);
  return { found: readKnown(database, workspaceId, foundBy(lines)), read: lines.map((line) => line.length) };
};
