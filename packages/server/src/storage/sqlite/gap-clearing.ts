import { SharedWork } from '../shared-work.ts';
import { clearGaps } from './clear-gaps.ts';
import { clearingDue } from './clearing.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { StalePages } from './stale-pages.ts';

/** Zeroing what erased visitors left between the rows: one look at the file serves all that were erased before it. */
export class GapClearing {
  readonly #database: SqliteDatabase;
  readonly #stale: StalePages;
  readonly #shared: SharedWork;

  constructor(database: SqliteDatabase) {
    this.#database = database;
    this.#stale = new StalePages(database);
    this.#shared = new SharedWork(() => clearGaps(database, this.#stale));
  }

  /** Resolves when what was due has been done. */
  async finish(): Promise<void> {
    if (clearingDue(this.#database, 'gaps') > 0) await this.#shared.ask();
  }

  /** Waits for what is going on, and frees what it used. */
  async close(): Promise<void> {
    await this.#shared.idle();
    await this.#stale.close();
  }
}
