import { statSync } from 'node:fs';
import { clearingDone, clearingDue } from './clearing.ts';
import { emptyLog } from './empty-log.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/**
 * Writes the whole file anew when that is due: free space that was left without being overwritten goes. Takes seconds for
 * each gigabyte, in which nothing can be written, and as much free space as the file has, beside it and in the directory
 * for temporary files.
 */
export const rewriteFile = async (database: SqliteDatabase, note: (sentence: string) => void): Promise<void> => {
  const asked = clearingDue(database, 'file');
  if (asked === 0) return;
  const megabytes = Math.ceil(statSync(database.path).size / 1_000_000);
  note(`Writing ${database.path} anew (${megabytes} MB), once, so that nothing is left in it of what is deleted …`);
  // VACUUM's copy would else be made in memory.
  database.exec('PRAGMA temp_store = FILE');
  try {
    database.vacuum();
  } finally {
    database.exec('PRAGMA temp_store = MEMORY');
  }
  clearingDone(database, 'file', asked);
  await emptyLog(async () => database.emptyLog(), database.path);
};
