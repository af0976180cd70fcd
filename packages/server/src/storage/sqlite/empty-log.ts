import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../store-error.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

/**
 * Empties the write-ahead log, in which pages stand as they were before their last change. Waits for readers in other
 * processes, while this one goes on; rejects with a StoreError when they do not let go of it.
 *
 * @param patience milliseconds to wait for other processes
 */
export const emptyLog = async (database: SqliteDatabase, patience: number): Promise<void> => {
  const deadline = performance.now() + patience;
  while (!database.emptyLog()) {
    if (performance.now() > deadline) {
      throw new StoreError({
        problem: 'locked',
        setting: 'WHORL_DATA_DIR',
        what: `The visitor is erased, but another process keeps reading older pages of the database: ${database.path}`,
        mend: 'End the program that holds it, such as a database browser or a backup, and erase the visitor again.',
      });
    }
    await wait(20);
  }
};
