import type { SqliteDatabase } from '../sqlite-database.ts';

/**
 * One step of the schema. A step that has been released is never edited: databases out there have taken it. Where it can,
 * it only adds, and says in `goesOnFrom` which earlier versions may go on beside it or after it: the commands of one that
 * is being replaced, and its server, should the upgrade be taken back.
 */
export type Migration = {
  name: string;
  sql: string;
  /** Runs after the statements, in the same transaction: fills new columns with what only a program can make of old rows. */
  fill?: (database: SqliteDatabase) => void;
  /**
   * The fewest steps that a program must know to go on working after this one: for a step that only adds, the number of
   * the step before it, or less. By default none goes on that does not know this step itself.
   */
  goesOnFrom?: number;
};
