import type { RecallRequest, Recollection } from '../store.ts';
import type { Queries } from './postgres-database.ts';
import { findRemembered } from './remembered.ts';
import { findSightings } from './sightings.ts';
import { findByKeys, findVisitors } from './visitors.ts';

/** As many of what was found for all requests in a row as each of them asked for. */
const dealer = <T>(found: readonly T[]): ((count: number) => T[]) => {
  let at = 0;
  return (count) => {
    at += count;
    return found.slice(at - count, at);
  };
};

/** Answers all requests by five questions, however many they are. See `Store.recall`. */
export const recall = async (queries: Queries, requests: readonly RecallRequest[]): Promise<Recollection[]> => {
  if (requests.length === 0) return [];
  const names = requests.flatMap(({ workspaceId, visitorIds }) =>
    visitorIds.map((visitor) => ({ visitor, workspace: workspaceId })),
  );
  const keys = requests.flatMap((request) => request.keys.map((key) => ({ key, workspace: request.workspaceId })));
  const visitors = dealer(await findVisitors(queries, names));
  const byKey = dealer(await findByKeys(queries, keys));
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
  return requests.map((request) => ({
    visitors: visitors(request.visitorIds.length).filter((visitor) => visitor !== undefined),
    byKey: byKey(request.keys.length),
    nonceUsed: nonces.has(request.nonce),
    bodySeen: bodies.has(request.bodyHash),
    sighting: request.sightingKey === null ? null : (sightings.get(request.sightingKey) ?? null),
  }));
};
