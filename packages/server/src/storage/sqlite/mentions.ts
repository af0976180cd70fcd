import type { Event } from '@whorl/contract';
import { packEvent, unpackEvent } from '../event-body.ts';
import { mentionedBy, withoutMention } from '../without-mention.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/** Notes which other visitors an event names, so that it can be found when one of them is erased. Within a transaction. */
export const writeMentions = (database: SqliteDatabase, row: number, event: Event): void => {
  for (const visitorId of mentionedBy(event)) {
    database.run('INSERT INTO mentions (row, visitor) VALUES (?, ?) ON CONFLICT DO NOTHING', row, visitorId);
  }
};

/** Takes a visitor's id out of up to `limit` events of others that name it; returns how many. Within a transaction. */
export const eraseMentions = (
  database: SqliteDatabase,
  workspaceId: string,
  visitorId: string,
  limit: number,
): number => {
  const named = database.all<{ row: number; body: Uint8Array }>(
    `SELECT row, body FROM mentions JOIN events USING (row) JOIN bodies USING (row)
     WHERE mentions.visitor = ? AND workspace = ? LIMIT ?`,
    visitorId,
    workspaceId,
    limit,
  );
  for (const { row, body } of named) {
    database.run(
      'UPDATE bodies SET body = ? WHERE row = ?',
      packEvent(withoutMention(unpackEvent(body), visitorId)),
      row,
    );
    database.run('DELETE FROM mentions WHERE row = ? AND visitor = ?', row, visitorId);
  }
  return named.length;
};
