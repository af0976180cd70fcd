import type { RecallRequest, Recollection } from '../store.ts';
import { findByKeys } from './find-by-keys.ts';
import type { Queries } from './postgres-database.ts';
import { findRemembered } from './remembered.ts';
import { findSightings } from './sightings.ts';
import { findVisitors } from './visitors.ts';

/** As many of what was found for all requests in a row as each of them asked for. */
const dealer = <T>(found: readonly T[]): ((count: number) => T[]) => {
  let at = 0;
  return (count) => {
    at += count;
    return found.slice(at - count, at);
  };
};

/** Answers all requests by six questions, however many they are. See `Store.recall`. */
export const recall = async (queries: Queries, requests: readonly RecallRequest[]): Promise<Recollection[]> => {
  if (requests.length === 0) return [];
  const names = requests.flatMap(({ workspaceId, visitorIds }) =>
    visitorIds.map((visitor) => ({ visitor, workspace: workspaceId })),
  );
  const visitors = dealer(await findVisitors(queries, names));
  const byKeys = await findByKeys(queries, requests);
  const nonces = await findRemembered(
    queries,
    'nonce',
    requests.map(({ nonce }) => nonce),
  );
  const bodies = await findRemembered(
    queries,
    'body',
    requests.map(({ bodyHash }) => bodyHash),
  );
  const sightings = await findSightings(
    queries,
    requests.flatMap(({ sightingKey }) => sightingKey ?? []),
  );
  return requests.map((request, at) => ({
    visitors: visitors(request.visitorIds.length).filter((visitor) => visitor !== undefined),
    ...(byKeys[at] ?? { found: [], read: [] }),
    nonceUsed: nonces.has(request.nonce),
    bodySeen: bodies.has(request.bodyHash),
    sighting: request.sightingKey === null ? null : (sightings.get(request.sightingKey) ?? null),
  }));
};
