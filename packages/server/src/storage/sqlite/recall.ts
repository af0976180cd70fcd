import type { RecallRequest, Recollection } from '../store.ts';
import { findByKeys } from './find-by-keys.ts';
import { isRemembered } from './remembered.ts';
import { findSighting } from './sightings.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { findVisitor } from './visitors.ts';

const recallOne = (database: SqliteDatabase, request: RecallRequest): Recollection => {
  const { workspaceId, visitorIds, keys, nonce, bodyHash, sightingKey } = request;
  return {
    visitors: visitorIds
      .map((visitorId) => findVisitor(database, workspaceId, visitorId))
      .filter((visitor) => visitor !== undefined),
    ...findByKeys(database, workspaceId, keys),
    nonceUsed: isRemembered(database, 'nonce', nonce),
    bodySeen: isRemembered(database, 'body', bodyHash),
    sighting: sightingKey === null ? null : findSighting(database, sightingKey),
  };
};

/** Answers all requests from one state of the database. See `Store.recall`. */
export const recall = (database: SqliteDatabase, requests: readonly RecallRequest[]): Recollection[] =>
  database.read(() => requests.map((request) => recallOne(database, request)));
