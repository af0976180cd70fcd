import type { PostgresDatabase, Queries } from './postgres-database.ts';
import { asStoreError } from './postgres-fault.ts';

/** How all parts of the store work on the database. */
export class PostgresWork {
  readonly #database: PostgresDatabase;
  readonly #url: string;

  /** `url` is shown in errors, without its password. */
  constructor(database: PostgresDatabase, url: string) {
    this.#database = database;
    this.#url = url;
  }

  /** Failures of the database are told in the operator's terms. */
  async run<T>(work: (database: PostgresDatabase) => Promise<T>): Promise<T> {
    try {
      return await work(this.#database);
    } catch (error) {
      throw asStoreError(error, this.#url);
    }
  }

  /** As `run`, where all that is asked sees one state of the database. */
  snapshot<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.run((database) => database.snapshot(work));
  }

  /** As `run`, in one transaction; the work may run several times. */
  write<T>(work: (queries: Queries) => Promise<T>): Promise<T> {
    return this.run((database) => database.write(work));
  }
}
