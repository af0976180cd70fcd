import type { EventRecord, RecordOutcome } from '../store.ts';
import { presumedBy } from '../without-mention.ts';
import { insertDeliveries } from './deliveries.ts';
import { findTaken, insertEvents } from './events.ts';
import { holdPresumed, holdVisitors } from './hold-visitors.ts';
import { writeLinks } from './link-rows.ts';
import { holdNewcomers, isKnownByNow } from './newcomers.ts';
import { type PostgresDatabase, type Queries, Restart } from './postgres-database.ts';
import { claimNonces, findRemembered, rememberBodies } from './remembered.ts';
import { writeSightings } from './sightings.ts';
import { writeVisitors } from './write-visitors.ts';

/** Decides in order, before anything is written, so that a refused record leaves nothing behind. */
const decide = async (queries: Queries, records: readonly EventRecord[]): Promise<RecordOutcome[]> => {
  const visitorsOf = await holdNewcomers(queries, records);
  const isThere = await holdPresumed(queries, records);
  const nonces = await findRemembered(
    queries,
    'nonce',
    records.flatMap(({ nonce }) => nonce ?? []),
  );
  const taken = await findTaken(
    queries,
    records.map(({ event }) => event),
  );
  const justRecorded = new Set<string>();
  const refused = new Set<string>();
  return records.map((record) => {
    const { event, nonce } = record;
    if (nonce !== null && nonces.has(nonce)) return 'nonce-used';
    // A later visit of the same call may have been found to be the newcomer's: with that one refused it has no visitor.
    const { visitorId } = event.identity;
    if (refused.has(visitorId) || isKnownByNow(record, visitorsOf, justRecorded)) {
      refused.add(visitorId);
      return 'newcomer-known';
    }
    if (presumedBy(event).some((other) => !justRecorded.has(other) && !isThere(event.workspaceId, other))) {
      return 'visitor-gone';
    }
    if (taken.has(event.id)) return 'id-taken';
    if (nonce !== null) nonces.add(nonce);
    taken.add(event.id);
    justRecorded.add(visitorId);
    return 'recorded';
  });
};

/** Every table is written in the same order by all, and each in the order of its keys: nobody waits in a ring. */
const write = async (queries: Queries, records: readonly EventRecord[]): Promise<void> => {
  const visitors = await holdVisitors(queries, records);
  if (!(await claimNonces(queries, records))) throw new Restart('a nonce was used meanwhile');
  if (!(await insertEvents(queries, records))) throw new Restart('an id was taken meanwhile');
  await rememberBodies(queries, records);
  await writeVisitors(queries, visitors, records);
  await writeSightings(queries, records);
  await writeLinks(queries, records);
  await insertDeliveries(queries, records);
};

/**
 * Stores the records in one transaction. What another server commits between the decision and the writing undoes it, and
 * all is decided anew. See `Store.record`.
 */
export const record = async (database: PostgresDatabase, records: readonly EventRecord[]): Promise<RecordOutcome[]> => {
  if (records.length === 0) return [];
  return database.write(async (queries) => {
    const outcomes = await decide(queries, records);
    const accepted = records.filter((_, at) => outcomes[at] === 'recorded');
    if (accepted.length > 0) await write(queries, accepted);
    return outcomes;
  });
};
