import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configure } from './configure.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { asStoreError } from './sqlite-fault.ts';
import { SqliteStore } from './sqlite-store.ts';

/** Name of the database's file in the data directory. SQLite puts `-wal` and `-shm` beside it. */
export const DATABASE_FILE = 'whorl.db';

/** Milliseconds to wait for a lock of another process before giving up. */
const BUSY_TIMEOUT = 5_000;

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
    database?.abandon();
    throw asStoreError(error, path);
  }
};
