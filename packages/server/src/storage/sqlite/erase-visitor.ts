import { setImmediate as letOthersWork } from 'node:timers/promises';
import type { Event } from '@whorl/contract';
import { scopeOf } from '../count-scope.ts';
import { unpackEvent } from '../event-body.ts';
import { takenBack } from '../packed-raises.ts';
import { askForClearing } from './clearing.ts';
import { raiseCounts } from './counts.ts';
import { addressLine, leaveLine, visitorLine } from './event-line.ts';
import { correctLinks } from './link-rows.ts';
import { eraseMentions } from './mentions.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { forgetVisitor } from './write-visitor.ts';

/** Events that go in one transaction: some hundredths of a second, in which nobody else is served. */
const CHUNK = 100;

type Row = {
  row: number;
  time: number;
  scope: string;
  visitor_seq: number;
  ip_seq: number;
  country: string | null;
  body: Uint8Array;
  raises: Uint8Array | null;
};

/** Newest first: what is left of the visitor's line is then as if those that went had not come yet. */
const CHUNK_OF_EVENTS = `SELECT row, time, scope, visitor_seq, ip_seq, country, body, raises
  FROM events JOIN bodies USING (row) WHERE workspace = ? AND visitor = ? ORDER BY time DESC, visitor_seq DESC LIMIT ?`;

const eraseEvents = (database: SqliteDatabase, workspaceId: string, visitorId: string): number => {
  const rows = database
    .all<Row>(CHUNK_OF_EVENTS, workspaceId, visitorId, CHUNK)
    .map((row) => ({ ...row, scope: scopeOf(workspaceId, row.scope), event: unpackEvent<Event>(row.body) }));
  for (const { row, time, scope, visitor_seq, ip_seq, event } of rows) {
    leaveLine(database, visitorLine({ workspaceId, visitorId }), time, visitor_seq);
    leaveLine(database, addressLine({ workspaceId, scope, ip: event.ip }), time, ip_seq);
    // Bodies and mentions of others go with their events.
    database.run('DELETE FROM events WHERE row = ?', row);
  }
  for (const { event, country, scope } of rows) correctLinks(database, { event, country, scope });
  raiseCounts(database, takenBack(rows));
  return rows.length;
};

const eraseDeliveries = (database: SqliteDatabase, workspaceId: string, visitorId: string): number =>
  database.run(
    `DELETE FROM deliveries WHERE row IN
       (SELECT row FROM deliveries WHERE visitor = ? AND workspace = ? LIMIT ${CHUNK})`,
    visitorId,
    workspaceId,
  ).changes;

/** Notes whether there is more to do, so that the next server does it where this process ends. Within a transaction. */
const noteRest = (database: SqliteDatabase, workspaceId: string, visitorId: string, more: boolean): void => {
  const change = more
    ? 'INSERT INTO erasures_due (workspace, visitor) VALUES (?, ?) ON CONFLICT DO NOTHING'
    : 'DELETE FROM erasures_due WHERE workspace = ? AND visitor = ?';
  database.run(change, workspaceId, visitorId);
};

/**
 * Takes a first or a further step in erasing a visitor, in a transaction of its own. The first makes it unknown, so that no
 * later visit is taken for its; after each, the counters of all others are exact. The rest is found by its events, and
 * stands in `erasures_due` until it is done.
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
    const more = [mentions, deliveries, events].includes(CHUNK);
    noteRest(database, workspaceId, visitorId, more);
    return { found, more };
  });

/** Erases a visitor, between the steps of which other work goes on. False when there was none. */
export const eraseVisitor = async (
  database: SqliteDatabase,
  workspaceId: string,
  visitorId: string,
): Promise<boolean> => {
  let found = false;
  for (let more = true; more; await letOthersWork()) {
    const step = await database.whenFree(() => eraseSomeOfVisitor(database, workspaceId, visitorId));
    found ||= step.found;
    more = step.more;
  }
  return found;
};

/** Erases the visitors that an earlier process has begun to erase, and has not got done. */
export const finishErasures = async (database: SqliteDatabase): Promise<void> => {
  const due = database.all<{ workspace: string; visitor: string }>('SELECT workspace, visitor FROM erasures_due');
  for (const { workspace, visitor } of due) await eraseVisitor(database, workspace, visitor);
};
