import type { EventRecord, RecordOutcome } from '../store.ts';
import { insertEvent } from './events.ts';
import { writeLinks } from './link-rows.ts';
import { isRemembered, remember } from './remembered.ts';
import { writeSighting } from './sightings.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { writeVisitor } from './visitors.ts';

const recordOne = (database: SqliteDatabase, record: EventRecord): RecordOutcome => {
  const { event, country, nonce, bodyHash, nonceExpires, sightingKey } = record;
  // Both checks stand before the first write, so that a refused record leaves nothing behind.
  if (nonce !== null && isRemembered(database, 'nonce', nonce)) return 'nonce-used';
  if (!insertEvent(database, event, country)) return 'id-taken';
  if (nonce !== null) remember(database, 'nonce', nonce, nonceExpires);
  remember(database, 'body', bodyHash, nonceExpires);
  writeVisitor(database, record);
  if (sightingKey !== null) writeSighting(database, sightingKey, event.time);
  writeLinks(database, event, country);
  return 'recorded';
};

/** Stores the records in their order, in one transaction. See `Store.record`. */
export const record = (database: SqliteDatabase, records: readonly EventRecord[]): RecordOutcome[] =>
  database.write(() => records.map((one) => recordOne(database, one)));
