import type { RecallRequest, Recollection } from '../store.ts';
import { isRemembered } from './remembered.ts';
import { findSighting } from './sightings.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { findVisitor, visitorsByKey } from './visitors.ts';

const recallOne = (database: SqliteDatabase, request: RecallRequest): Recollection => {
  const { workspaceId, visitorIds, keys, nonce, bodyHash, sightingKey } = request;
  return {
    visitors: visitorIds
      .map((visitorId) => findVisitor(database, workspaceId, visitorId))
      .filter((visitor) => visitor !== undefined),
    byKey: keys.map((key) => visitorsByKey(database, workspaceId, key)),
    nonceUsed: isRemembered(database, 'nonce', nonce),
    bodySeen: isRemembered(database, 'body', bodyHash),
    sighting: sightingKey === null ? null : findSighting(database, sightingKey),
  };
};

/** Answers all requests from one state of the database. See `Store.recall`. */
export const recall = (database: SqliteDatabase, requests: readonly RecallRequest[]): Recollection[] =>
  database.read(() => requests.map((request) => recallOne(database, request)));
