import { setTimeout as wait } from 'node:timers/promises';
import { StoreError } from '../store-error.ts';

/** Milliseconds to wait for readers in other processes. */
const PATIENCE = 10_000;

/** Milliseconds between two attempts. */
const PAUSE = 20;

/**
 * Empties the write-ahead log, in which pages stand as they were before their last change. Waits for readers in other
 * processes, while this one goes on; rejects with a StoreError when they do not let go of it.
 *
 * @param attempt tells whether the log is empty now
 * @param path the database's file, for the error
 */
export const emptyLog = async (attempt: () => Promise<boolean>, path: string, patience = PATIENCE): Promise<void> => {
  const deadline = performance.now() + patience;
  while (!(await attempt())) {
    if (performance.now() > deadline) {
      throw new StoreError({
        problem: 'locked',
        setting: 'WHORL_DATA_DIR',
        what: `What was erased still lies in the log, as another process keeps reading older pages of the database: ${path}`,
        mend: 'End the program that holds it, such as a database browser or a backup, and erase the visitor again, which answers that it is not there when all is done, or start Whorl again.',
      });
    }
    await wait(PAUSE);
  }
};
