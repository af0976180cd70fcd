import { unpackEvent } from '../event-body.ts';
import { withoutMention } from '../without-mention.ts';
import { type EventPlace, PLACE } from './event-place.ts';
import { replaceBody } from './events.ts';
import type { Queries } from './postgres-database.ts';
import { withRows } from './table-columns.ts';

/** Events that are changed at a time: their bodies have to fit into memory. */
const CHUNK = 500;

/** Takes the visitor's id out of the events of others that name it. */
export const eraseMentions = async (
  queries: Queries,
  workspaceId: string,
  visitorId: string,
  partitions: Set<string>,
): Promise<void> => {
  for (;;) {
    const named = await queries.all<EventPlace>(
      `DELETE FROM whorl.mentions WHERE (visitor, workspace, bucket, time, tail) IN (
         SELECT visitor, workspace, bucket, time, tail FROM whorl.mentions
         WHERE visitor = $1 AND workspace = $2 LIMIT ${CHUNK})
       RETURNING bucket, time, tail`,
      visitorId,
      workspaceId,
    );
    // The events are held, as a revision holds them, before their bodies are read.
    const lock = 'SELECT 1 FROM :rows JOIN whorl.events e USING (bucket, time, tail) ORDER BY at FOR UPDATE OF e';
    await withRows(queries, lock, PLACE, named);
    const bodies = await withRows<EventPlace, { body: Buffer; partition: string }>(
      queries,
      `SELECT body, b.tableoid::regclass::text AS partition
       FROM :rows JOIN whorl.event_bodies b USING (bucket, time, tail)`,
      PLACE,
      named,
    );
    for (const { body, partition } of bodies) {
      partitions.add(partition);
      await replaceBody(queries, withoutMention(unpackEvent(body), visitorId));
    }
    if (named.length < CHUNK) return;
  }
};
