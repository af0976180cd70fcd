import type { SqliteDatabase } from './sqlite-database.ts';

/**
 * What is still to be done before nothing is left of what was erased. `file`: all of it is to be written anew, as it was
 * once written without `secure_delete`. `gaps`: bytes that no row owns are to be zeroed. It is noted together with what makes it
 * due, so that a process that ends in between does not make it forgotten.
 */
export type Clearing = 'file' | 'gaps';

/** Notes that it is due. Within a transaction. */
export const askForClearing = (database: SqliteDatabase, what: Clearing): void => {
  database.run(
    'INSERT INTO clearing_due (what, asked) VALUES (?, 1) ON CONFLICT (what) DO UPDATE SET asked = asked + 1',
    what,
  );
};

/** How often it was asked for since it was last done; 0 when it is not due. */
export const clearingDue = (database: SqliteDatabase, what: Clearing): number =>
  database.one<{ asked: number }>('SELECT asked FROM clearing_due WHERE what = ?', what)?.asked ?? 0;

/** Notes that it is done, unless it was asked for again since. */
export const clearingDone = (database: SqliteDatabase, what: Clearing, asked: number): void => {
  database.run('DELETE FROM clearing_due WHERE what = ? AND asked = ?', what, asked);
};
