import { CANDIDATES_PER_KEY, type EventRecord } from '../store.ts';
import { lockKeys } from './advisory-locks.ts';
import type { Queries } from './postgres-database.ts';
import { findByKeys } from './visitors.ts';

/** The visitors that the keys of newcomers lead to, by workspace and key. */
export type KeyVisitors = (workspaceId: string, key: string) => readonly string[];

const nameOf = (workspaceId: string, key: string): string => `${workspaceId} ${key}`;

/**
 * Keeps other transactions from recording newcomers under the keys of these, and reads whom the keys lead to. Two servers
 * that see one new browser at the same moment thus look one after the other, and the second one finds what the first made.
 */
export const holdNewcomers = async (queries: Queries, records: readonly EventRecord[]): Promise<KeyVisitors> => {
  const wanted = new Map<string, { key: string; workspace: string }>();
  for (const { event, newcomer } of records) {
    const workspace = event.workspaceId;
    for (const key of newcomer?.keys ?? []) wanted.set(nameOf(workspace, key), { key, workspace });
  }
  await lockKeys(
    queries,
    [...wanted.values()].map(({ key }) => key),
  );
  const found = await findByKeys(queries, [...wanted.values()]);
  const byName = new Map([...wanted.keys()].map((name, at) => [name, found[at] ?? []]));
  return (workspaceId, key) => (byName.get(nameOf(workspaceId, key)) ?? []).map(({ visitorId }) => visitorId);
};

/**
 * Whether a visitor that was taken for new has keys that lead to visitors of whom its judge did not know. A key that leads
 * to a whole crowd tells nobody apart, and changes from one moment to the next: it is passed over.
 */
export const isKnownByNow = (
  { event, newcomer }: EventRecord,
  visitorsOf: KeyVisitors,
  justRecorded: ReadonlySet<string>,
): boolean => {
  if (newcomer === null) return false;
  const known = new Set([...newcomer.knownVisitors, event.identity.visitorId]);
  return newcomer.keys
    .map((key) => visitorsOf(event.workspaceId, key))
    .filter((visitors) => visitors.length < CANDIDATES_PER_KEY)
    .some((visitors) => visitors.some((visitor) => !known.has(visitor) && !justRecorded.has(visitor)));
};
