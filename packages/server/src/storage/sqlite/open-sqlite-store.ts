import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { configure } from './configure.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { asStoreError } from './sqlite-fault.ts';
import { sqliteStore } from './sqlite-store.ts';

/** Name of the database's file in the data directory. SQLite puts `-wal` and `-shm` beside it. */
export const DATABASE_FILE = 'whorl.db';

/** Milliseconds to wait for a lock of another process before giving up. */
const PATIENCE = 5_000;

/** Milliseconds of it in which a call may stand still, and with it everybody who is served. */
const STANDSTILL = 50;

/** Makes a directory and those above it. Node's own `recursive` never returns where a parent refuses with ENOENT, as in /proc. */
const makeDirectory = (path: string): void => {
  if (existsSync(path)) return;
  makeDirectory(dirname(path));
  try {
    // What is kept here concerns real people: other users of the machine stay out.
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
};

export type SqliteOptions = {
  /** Milliseconds to wait for a lock that another process holds, here and in every later call. */
  patience?: number;
  /** Rejects where there is no database yet. */
  mustExist?: boolean;
};

/** Opens the store in a directory on a local disk, which is made when missing. Rejects with a StoreError when that cannot be. */
export const openSqliteStore = async (
  dataDir: string,
  { patience = PATIENCE, mustExist = false }: SqliteOptions = {},
): Promise<Store> => {
  const path = join(resolve(dataDir), DATABASE_FILE);
  if (mustExist && !existsSync(path)) {
    throw new StoreError({
      problem: 'unavailable',
      setting: 'WHORL_DATA_DIR',
      what: `There is no database in ${resolve(dataDir)} yet`,
      mend: 'Start the server once, or name the directory of the one that you mean.',
    });
  }
  let database: SqliteDatabase | undefined;
  try {
    makeDirectory(resolve(dataDir));
    // SQLite's files beside it follow suit.
    closeSync(openSync(path, 'a', 0o600));
    database = new SqliteDatabase(path, patience);
    await configure(database, patience);
    database.standStillFor(STANDSTILL);
    // Should a process have ended while it erased a visitor, the log would still show it.
    database.emptyLog();
    return sqliteStore(database);
  } catch (error) {
    database?.abandon();
    throw asStoreError(error, path);
  }
};
