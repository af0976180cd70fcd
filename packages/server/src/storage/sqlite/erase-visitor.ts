import type { Event } from '@whorl/contract';
import { unpackEvent } from '../event-body.ts';
import { askForClearing } from './clearing.ts';
import { closeGaps } from './event-line.ts';
import { correctLinks } from './link-rows.ts';
import { eraseMentions } from './mentions.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { forgetVisitor } from './visitors.ts';

/** Events that go in one transaction: some hundredths of a second, in which nobody else is served. */
const CHUNK = 100;

type Row = { row: number; time: number; ip: Uint8Array; ip_seq: number; country: string | null; body: Uint8Array };

/** Newest first, so that those of the visitor that are left are numbered without gaps. */
const CHUNK_OF_EVENTS = `SELECT row, time, ip, ip_seq, country, body FROM events JOIN bodies USING (row)
  WHERE workspace = ? AND visitor = ? ORDER BY time DESC, visitor_seq DESC LIMIT ?`;

const eraseEvents = (database: SqliteDatabase, workspaceId: string, visitorId: string): number => {
  const rows = database.all<Row>(CHUNK_OF_EVENTS, workspaceId, visitorId, CHUNK);
  // Bodies and mentions of others go with their events.
  for (const { row } of rows) database.run('DELETE FROM events WHERE row = ?', row);
  closeGaps(database, workspaceId, rows);
  for (const { body, country } of rows) correctLinks(database, unpackEvent<Event>(body), country);
  return rows.length;
};

const eraseDeliveries = (database: SqliteDatabase, workspaceId: string, visitorId: string): number =>
  database.run(
    `DELETE FROM deliveries WHERE row IN
       (SELECT row FROM deliveries WHERE visitor = ? AND workspace = ? LIMIT ${CHUNK})`,
    visitorId,
    workspaceId,
  ).changes;

/**
 * Takes a first or a further step in erasing a visitor, in a transaction of its own. The first makes it unknown, so that no
 * later visit is taken for its; after each, the counters of all others are exact. Whoever is stopped between two steps
 * finds the rest by its events.
 */
export const eraseSomeOfVisitor = (
  database: SqliteDatabase,
  workspaceId: string,
  visitorId: string,
): { found: boolean; more: boolean } =>
  database.write(() => {
    const wasKnown = forgetVisitor(database, workspaceId, visitorId);
    const mentions = eraseMentions(database, workspaceId, visitorId, CHUNK);
    const deliveries = eraseDeliveries(database, workspaceId, visitorId);
    const events = eraseEvents(database, workspaceId, visitorId);
    const found = wasKnown || events > 0;
    if (found || mentions > 0 || deliveries > 0) askForClearing(database, 'gaps');
    return { found, more: [mentions, deliveries, events].includes(CHUNK) };
  });
