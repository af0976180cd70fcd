import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../store-error.ts';
import { schemaVersion } from './migrate.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { resultCode } from './sqlite-fault.ts';

const SQLITE_BUSY = 5;

/**
 * Switches to write-ahead logging. Two processes that open a new file at once get in each other's way here, and SQLite
 * does not wait by itself: the switch needs the file for itself alone.
 */
const useWriteAheadLog = async (database: SqliteDatabase, patience: number): Promise<void> => {
  const deadline = performance.now() + patience;
  for (;;) {
    try {
      const mode = database.one<{ journal_mode: string }>('PRAGMA journal_mode = WAL')?.journal_mode;
      if (mode === 'wal') return;
      throw new StoreError({
        problem: 'unsupported',
        setting: 'WHORL_DATA_DIR',
        what: `The file system cannot keep a write-ahead log: ${database.path}`,
        mend: 'Choose a directory on a local disk.',
      });
    } catch (error) {
      const code = resultCode(error);
      if (code === undefined || (code & 0xff) !== SQLITE_BUSY || performance.now() > deadline) throw error;
      await wait(10);
    }
  }
};

/**
 * Sets up a connection. Rejects with a StoreError, having changed nothing, when the file is not ours.
 *
 * @param patience milliseconds to wait for other processes
 */
export const configure = async (database: SqliteDatabase, patience: number): Promise<void> => {
  // Only a file without pages yet takes the page size: bodies of about 1.4 kB leave less room unused in larger pages.
  // No page tables: see stale-pages.ts.
  database.exec('PRAGMA page_size = 8192; PRAGMA auto_vacuum = NONE');
  // Before the switch below, which would change a file that is not ours.
  schemaVersion(database);
  await useWriteAheadLog(database, patience);
  // FULL: a commit returns when the disk has it. The driver is compiled to a weaker default for write-ahead logs.
  // What is deleted or replaced is overwritten with zeros: an erased visitor must not be found in the file's unused space.
  // What this does not reach, clear-gaps.ts does.
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA secure_delete = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -65536;
    PRAGMA temp_store = MEMORY;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;`);
};
