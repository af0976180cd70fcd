import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../store-error.ts';
import { schemaVersion } from './migrate.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { asStoreError, resultCode } from './sqlite-fault.ts';
import { SqliteStore } from './sqlite-store.ts';

/** Name of the database's file in the data directory. SQLite puts `-wal` and `-shm` beside it. */
export const DATABASE_FILE = 'whorl.db';

/** Milliseconds to wait for a lock of another process before giving up. */
const BUSY_TIMEOUT = 5_000;

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

const configure = async (database: SqliteDatabase, patience: number): Promise<void> => {
  // Only a file without pages yet takes the page size: bodies of about 1.4 kB leave less room unused in larger pages.
  database.exec('PRAGMA page_size = 8192');
  // Before the switch below, which would change a file that is not ours.
  schemaVersion(database);
  await useWriteAheadLog(database, patience);
  // FULL: a commit returns when the disk has it. The driver is compiled to a weaker default for write-ahead logs.
  database.exec(`
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -65536;
    PRAGMA temp_store = MEMORY;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;`);
};

/**
 * Opens the store in a directory, which is made when missing. Rejects with a StoreError when that cannot be.
 *
 * @param dataDir a directory on a local disk
 * @param busyTimeout milliseconds to wait for a lock that another process holds, here and in every later call
 */
export const openSqliteStore = async (dataDir: string, busyTimeout = BUSY_TIMEOUT): Promise<SqliteStore> => {
  const path = join(resolve(dataDir), DATABASE_FILE);
  let database: SqliteDatabase | undefined;
  try {
    // What is kept here concerns real people: other users of the machine stay out. SQLite's files beside it follow suit.
    mkdirSync(resolve(dataDir), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
    database = new SqliteDatabase(path, busyTimeout);
    await configure(database, busyTimeout);
    return new SqliteStore(database);
  } catch (error) {
    database?.close();
    throw asStoreError(error, path);
  }
};
