import type { EventRecord, RecordOutcome } from '../store.ts';
import { presumedBy } from '../without-mention.ts';
import { insertDeliveries } from './deliveries.ts';
import { insertEvent } from './events.ts';
import { writeLinks } from './link-rows.ts';
import { isRemembered, remember } from './remembered.ts';
import { writeSighting } from './sightings.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { fewUnderKey, isVisitor } from './visitors.ts';
import { writeVisitor } from './write-visitor.ts';

/** Whether a visitor that was taken for new has a key that leads to visitors of whom its judge did not know. */
const isKnownByNow = (
  database: SqliteDatabase,
  { event, newcomer }: EventRecord,
  justRecorded: Set<string>,
): boolean => {
  if (newcomer === null) return false;
  const known = new Set([...newcomer.knownVisitors, event.identity.visitorId]);
  return fewUnderKey(database, event.workspaceId, newcomer.key).some(
    (visitorId) => !known.has(visitorId) && !justRecorded.has(visitorId),
  );
};

/** Whether a visitor that the event presumes to be there was erased after it was judged. */
const presumesOneGone = (database: SqliteDatabase, { event }: EventRecord, justRecorded: Set<string>): boolean =>
  presumedBy(event).some(
    (visitorId) => !justRecorded.has(visitorId) && !isVisitor(database, event.workspaceId, visitorId),
  );

/** Visitors of one call: those recorded so far, and newcomers that were refused. */
type CallSoFar = { justRecorded: Set<string>; refused: Set<string> };

const recordOne = (
  database: SqliteDatabase,
  record: EventRecord,
  { justRecorded, refused }: CallSoFar,
): RecordOutcome => {
  const { event, nonce, bodyHash, nonceExpires, sightingKey, webhookIds } = record;
  const { visitorId } = event.identity;
  // Every check stands before the first write, so that a refused record leaves nothing behind.
  if (nonce !== null && isRemembered(database, 'nonce', nonce)) return 'nonce-used';
  // A later visit of the same call may have been found to be the newcomer's: with that one refused it has no visitor.
  if (refused.has(visitorId) || isKnownByNow(database, record, justRecorded)) {
    refused.add(visitorId);
    return 'newcomer-known';
  }
  if (presumesOneGone(database, record, justRecorded)) return 'visitor-gone';
  if (!insertEvent(database, record)) return 'id-taken';
  if (nonce !== null) remember(database, 'nonce', nonce, nonceExpires);
  remember(database, 'body', bodyHash, nonceExpires);
  if (sightingKey !== null) {
    writeSighting(database, { key: sightingKey, workspaceId: event.workspaceId, visitorId }, event.time);
  }
  writeVisitor(database, record);
  writeLinks(database, record);
  insertDeliveries(database, event, webhookIds);
  justRecorded.add(visitorId);
  return 'recorded';
};

/** Stores the records in their order, in one transaction. See `Store.record`. */
export const record = (database: SqliteDatabase, records: readonly EventRecord[]): RecordOutcome[] =>
  database.write(() => {
    const soFar = { justRecorded: new Set<string>(), refused: new Set<string>() };
    return records.map((one) => recordOne(database, one, soFar));
  });
