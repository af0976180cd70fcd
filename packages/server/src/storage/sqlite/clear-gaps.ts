import { clearingDone, clearingDue } from './clearing.ts';
import { emptyLog } from './empty-log.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { CLEANED_AT_ONCE, type StalePages } from './stale-pages.ts';

/**
 * Times that the file is looked through. While one look goes on, balancing may give a page that it has not reached another
 * number, which it has passed: what others write meanwhile is looked at again, and each time there is less of it. Where
 * even the last look found something, it stays due: the next erasure looks again, and the next server, before anybody writes.
 */
const MOST_LOOKS = 3;

/**
 * Leaves no byte in the database's files that no row owns. SQLite overwrites what is deleted, but not what it leaves behind
 * when it moves rows from page to page: copies of rows of long ago stay between the cells. Rejects with a
 * StoreError when another process does not let go of the write-ahead log.
 */
export const clearGaps = async (database: SqliteDatabase, stale: StalePages): Promise<void> => {
  const asked = clearingDue(database, 'gaps');
  const log = () => emptyLog(async () => database.emptyLog(), database.path);
  await log();
  for (let look = 1; look <= MOST_LOOKS; look++) {
    const pages = await stale.find();
    for (let at = 0; at < pages.length; at += CLEANED_AT_ONCE) {
      await emptyLog(() => stale.clean(pages.slice(at, at + CLEANED_AT_ONCE)), database.path);
    }
    if (pages.length > 0) continue;
    await database.whenFree(() => database.write(() => clearingDone(database, 'gaps', asked)));
    break;
  }
  await log();
};
