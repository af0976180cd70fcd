import { setTimeout as wait } from 'node:timers/promises';
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { resultCode } from './sqlite-fault.ts';

const SQLITE_BUSY = 5;

/** Milliseconds between two attempts to begin writing while another process holds the lock. */
const PAUSE = 50;

const isBusy = (error: unknown): boolean => ((resultCode(error) ?? 0) & 0xff) === SQLITE_BUSY;

/** What SQLite stores and we bind. */
export type SqlValue = string | number | null | Uint8Array;

/** Statements that are kept prepared. */
const MOST_STATEMENTS = 300;

/**
 * One connection: prepared statements by their text, and transactions. Everything is synchronous and so runs
 * undisturbed; only what `node:sqlite` has, too, is used of the driver.
 */
export class SqliteDatabase {
  readonly path: string;
  readonly #driver: DatabaseSyncInstance;
  readonly #statements = new Map<string, StatementSyncInstance>();
  readonly #patience: number;
  /** The last refusal to begin writing, and the time before which nobody need ask again. */
  #refused: { error: unknown; until: number } | undefined;

  /** Opens or creates the file. `patience`: milliseconds to wait for a lock that another process holds. */
  constructor(path: string, patience: number) {
    this.path = path;
    this.#patience = patience;
    this.#driver = new DatabaseSync(path, { timeout: patience });
  }

  /**
   * From now on a call stands still for at most `milliseconds` on a lock of another process: SQLite waits in the only
   * thread, in which nobody is served. `whenFree` is as patient as before.
   */
  standStillFor(milliseconds: number): void {
    this.exec(`PRAGMA busy_timeout = ${Math.min(milliseconds, this.#patience)}`);
  }

  /** Runs statements that take no values and give no rows. */
  exec(sql: string): void {
    this.#driver.exec(sql);
  }

  /** The first row, or undefined. */
  one<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.#statement(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.#statement(sql).all(...values) as Row[];
  }

  /** How many rows were inserted, changed or deleted, and the last inserted row's number. */
  run(sql: string, ...values: SqlValue[]): { changes: number; row: number } {
    const { changes, lastInsertRowid } = this.#statement(sql).run(...values);
    return { changes, row: Number(lastInsertRowid) };
  }

  /** Several reads of one state of the database; also cheaper than a transaction for each. */
  read<T>(work: () => T): T {
    this.run('BEGIN');
    return this.#transaction(work);
  }

  /** All that `work` writes, or nothing when it throws. Durable when this returns. */
  write<T>(work: () => T): T {
    // IMMEDIATE: a transaction that reads first and then writes cannot wait for another writer, only fail.
    try {
      this.run('BEGIN IMMEDIATE');
      this.#refused = undefined;
    } catch (error) {
      if (isBusy(error)) this.#refused = { error, until: performance.now() + PAUSE };
      throw error;
    }
    return this.#transaction(work);
  }

  /**
   * Tries again while another process keeps this one from writing; in between, others are served. Rejects with SQLite's
   * error when the database's patience is over.
   *
   * @param attempt begins with its one `write`: where that was refused nothing has been done, and all of it can be done again
   */
  async whenFree<T>(attempt: () => T): Promise<T> {
    const deadline = performance.now() + this.#patience;
    for (;;) {
      // Of many who wait, one finds out: each attempt may stand still for a while.
      if (this.#refused === undefined || performance.now() >= this.#refused.until) {
        try {
          return attempt();
        } catch (error) {
          if (error !== this.#refused?.error) throw error;
        }
      }
      if (this.#refused !== undefined && performance.now() >= deadline) throw this.#refused.error;
      await wait(PAUSE);
    }
  }

  /** Writes the whole file anew, in which other processes are waited for and nobody is served. */
  vacuum(): void {
    this.#withTimeout(this.#patience, () => this.exec('VACUUM'));
  }

  /**
   * Writes the write-ahead log back into the file and empties it, without waiting. False where another process is reading
   * or writing.
   */
  emptyLog(): boolean {
    try {
      const checkpoint = () => this.one<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)');
      return this.#withTimeout(0, checkpoint)?.busy === 0;
    } catch (error) {
      // Another process may be reading a log that was left behind by one that was killed.
      if (!isBusy(error)) throw error;
      return false;
    }
  }

  /** Closes the file, with all that was written in it: its write-ahead log is empty where no other process uses it. */
  close(): void {
    try {
      // The driver leaves statements open, and SQLite therefore the log as it is, until they are collected as garbage.
      this.#driver.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } finally {
      this.abandon();
    }
  }

  /** Closes the file and leaves it as it is. */
  abandon(): void {
    this.#statements.clear();
    this.#driver.close();
  }

  #withTimeout<T>(milliseconds: number, work: () => T): T {
    const usual = this.one<{ timeout: number }>('PRAGMA busy_timeout')?.timeout ?? 0;
    this.exec(`PRAGMA busy_timeout = ${milliseconds}`);
    try {
      return work();
    } finally {
      this.exec(`PRAGMA busy_timeout = ${usual}`);
    }
  }

  /** What has been begun comes to its end, or is taken back. */
  #transaction<T>(work: () => T): T {
    try {
      const result = work();
      this.run('COMMIT');
      return result;
    } catch (error) {
      // SQLite ends the transaction by itself on some failures, such as a full disk.
      if (this.#driver.isTransaction) this.run('ROLLBACK');
      throw error;
    }
  }

  #statement(sql: string): StatementSyncInstance {
    const statement = this.#statements.get(sql) ?? this.#driver.prepare(sql);
    // Searches come in any number of forms: those that were not used for the longest time make room.
    this.#statements.delete(sql);
    this.#statements.set(sql, statement);
    const [oldest] = this.#statements.keys();
    if (this.#statements.size > MOST_STATEMENTS && oldest !== undefined) this.#statements.delete(oldest);
    return statement;
  }
}
