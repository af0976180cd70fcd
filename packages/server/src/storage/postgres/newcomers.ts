import type { EventRecord } from '../store.ts';
import { lockKeys } from './advisory-locks.ts';
import type { Queries } from './postgres-database.ts';
import { fewUnderKeys } from './visitors.ts';

/** The visitors that the key of a newcomer leads to, by workspace and key; none for a key of a whole crowd. */
export type KeyVisitors = (workspaceId: string, key: number) => readonly string[];

const nameOf = (workspaceId: string, key: number): string => `${workspaceId} ${key}`;

/**
 * Keeps other transactions from recording newcomers under the keys of these, and reads whom the keys lead to. Two servers
 * that see one new browser at the same moment thus look one after the other, and the second one finds what the first made.
 */
export const holdNewcomers = async (queries: Queries, records: readonly EventRecord[]): Promise<KeyVisitors> => {
  const wanted = new Map<string, { key: number; workspace: string }>();
  for (const { event, newcomer } of records) {
    if (newcomer === null) continue;
    wanted.set(nameOf(event.workspaceId, newcomer.key), { key: newcomer.key, workspace: event.workspaceId });
  }
  if (wanted.size === 0) return () => [];
  await lockKeys(
    queries,
    [...wanted.values()].map(({ key }) => key),
  );
  const found = await fewUnderKeys(queries, [...wanted.values()]);
  const byName = new Map([...wanted.keys()].map((name, at) => [name, found[at] ?? []]));
  return (workspaceId, key) => byName.get(nameOf(workspaceId, key)) ?? [];
};

/** Whether a visitor that was taken for new has a key that leads to visitors of whom its judge did not know. */
export const isKnownByNow = (
  { event, newcomer }: EventRecord,
  visitorsOf: KeyVisitors,
  justRecorded: ReadonlySet<string>,
): boolean => {
  if (newcomer === null) return false;
  const known = new Set([...newcomer.knownVisitors, event.identity.visitorId]);
  return visitorsOf(event.workspaceId, newcomer.key).some(
    (visitor) => !known.has(visitor) && !justRecorded.has(visitor),
  );
};
