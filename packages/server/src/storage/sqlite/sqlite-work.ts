import type { SqliteDatabase } from './sqlite-database.ts';
import { asStoreError } from './sqlite-fault.ts';

/** How all parts of the store work on the database: each work runs to its end before another begins, unless it waits. */
export class SqliteWork {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  /** A promise of work, whose failures are told in the operator's terms. */
  async run<T>(work: (database: SqliteDatabase) => T | Promise<T>): Promise<T> {
    try {
      return await work(this.#database);
    } catch (error) {
      throw asStoreError(error, this.#database.path);
    }
  }

  /** As `run`, of work that begins with its one transaction; waits for its turn while another process writes. */
  whenFree<T>(work: (database: SqliteDatabase) => T): Promise<T> {
    return this.run((database) => database.whenFree(() => work(database)));
  }

  /** As `whenFree`, in a transaction. */
  write<T>(work: (database: SqliteDatabase) => T): Promise<T> {
    return this.whenFree((database) => database.write(() => work(database)));
  }
}
