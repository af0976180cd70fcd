import type { SqliteDatabase } from '../sqlite-database.ts';

/**
 * One step of the schema. A step that has been released is never edited: databases out there have taken it. It must let
 * the previous minor version keep running, so that servers can be replaced one by one: first add, drop in a later one.
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
