import type { Event } from '@whorl/contract';
import { unpackEvent } from '../../event-body.ts';
import { searchRow } from '../../search-row.ts';
import { mentionedBy } from '../../without-mention.ts';
import type { SqliteDatabase } from '../sqlite-database.ts';

/** Rows that are held in memory at once. */
const CHUNK = 256;

/** The columns as they were at this step: later ones do not exist yet when it runs. */
const UPDATE = `UPDATE events SET bot = ?, bot_info = ?, vpn_confidence = ?, suspect_score = ?, rare_bucket = ?,
  proximity_id = ?, proximity_radius = ?, sdk_version = ?, url_hash = ?, origin_hash = ? WHERE row = ?`;

const fillRow = (database: SqliteDatabase, row: number, body: Uint8Array): void => {
  const event = unpackEvent<Event>(body);
  const search = searchRow(event);
  database.run(
    UPDATE,
    search.bot,
    search.bot_info,
    search.vpn_confidence,
    search.suspect_score,
    search.rare_bucket,
    search.proximity_id,
    search.proximity_radius,
    search.sdk_version,
    search.url_hash,
    search.origin_hash,
    row,
  );
  for (const visitorId of mentionedBy(event)) {
    database.run('INSERT INTO mentions (row, visitor) VALUES (?, ?)', row, visitorId);
  }
};

/** Gives the events that are there already what they are searched by from now on, from their bodies. */
export const fillSearchColumns = (database: SqliteDatabase): void => {
  for (let last = 0; ; ) {
    const rows = database.all<{ row: number; body: Uint8Array }>(
      'SELECT row, body FROM bodies WHERE row > ? ORDER BY row LIMIT ?',
      last,
      CHUNK,
    );
    for (const { row, body } of rows) fillRow(database, row, body);
    last = rows.at(-1)?.row ?? last;
    if (rows.length < CHUNK) return;
  }
};
