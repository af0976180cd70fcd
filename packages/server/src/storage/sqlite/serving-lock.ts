import { dirname, join } from 'node:path';
import { StoreError } from '../store-error.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { resultCode } from './sqlite-fault.ts';

const LOCK_FILE = 'serving.lock';
const SQLITE_BUSY = 5;

/**
 * Keeps a second server off a data directory: what one decides about a new browser, the other would not see in time. The
 * lock is SQLite's own on an empty file, so the system lets go of it when the process ends, however it ends.
 */
export class ServingLock {
  readonly #file: SqliteDatabase;

  /** Throws a StoreError when another process serves the directory of this database. */
  constructor(databasePath: string) {
    const directory = dirname(databasePath);
    this.#file = new SqliteDatabase(join(directory, LOCK_FILE), 0);
    try {
      this.#file.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      this.#file.abandon();
      if (((resultCode(error) ?? 0) & 0xff) !== SQLITE_BUSY) throw error;
      throw new StoreError({
        problem: 'locked',
        setting: 'WHORL_DATA_DIR',
        what: `Another Whorl server is running on ${directory}`,
        mend: 'Stop it first, or give this one a directory of its own.',
      });
    }
  }

  release(): void {
    this.#file.abandon();
  }
}
