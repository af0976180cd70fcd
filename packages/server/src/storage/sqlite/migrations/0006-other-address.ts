import type { EdgeEvent } from '@whorl/contract';
import { edgeRow } from '../../edge-row.ts';
import { unpackEvent } from '../../event-body.ts';
import type { SqliteDatabase } from '../sqlite-database.ts';
import type { Migration } from './migration.ts';

/** Rows that are held in memory at once. */
const CHUNK = 256;

const fill = (database: SqliteDatabase): void => {
  for (let last = 0; ; ) {
    const rows = database.all<{ row: number; body: Uint8Array }>(
      'SELECT row, body FROM edge_bodies WHERE row > ? ORDER BY row LIMIT ?',
      last,
      CHUNK,
    );
    for (const { row, body } of rows) {
      const { other_ip: other } = edgeRow(unpackEvent<EdgeEvent>(body));
      if (other !== null) database.run('UPDATE edge_events SET other_ip = ? WHERE row = ?', other, row);
    }
    last = rows.at(-1)?.row ?? last;
    if (rows.length < CHUNK) return;
  }
};

/** The second address of a client that was reported with one of each family, so that it is found by either. */
export const otherAddress: Migration = {
  name: '0006-other-address',
  sql: 'ALTER TABLE edge_events ADD COLUMN other_ip BLOB;',
  fill,
  goesOnFrom: 2,
};
