import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { resultCode } from './sqlite-fault.ts';

const SQLITE_BUSY = 5;

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

  /** Opens or creates the file. `busyTimeout`: milliseconds to wait for a lock that another process holds. */
  constructor(path: string, busyTimeout: number) {
    this.path = path;
    this.#driver = new DatabaseSync(path, { timeout: busyTimeout });
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
    return this.#transaction('BEGIN', work);
  }

  /** All that `work` writes, or nothing when it throws. Durable when this returns. */
  write<T>(work: () => T): T {
    // IMMEDIATE: a transaction that reads first and then writes cannot wait for another writer, only fail.
    return this.#transaction('BEGIN IMMEDIATE', work);
  }

  /**
   * Writes the write-ahead log back into the file and empties it, without waiting. False where another process is reading
   * or writing.
   */
  emptyLog(): boolean {
    const timeout = this.one<{ timeout: number }>('PRAGMA busy_timeout')?.timeout ?? 0;
    this.exec('PRAGMA busy_timeout = 0');
    try {
      return this.one<{ busy: number }>('PRAGMA wal_checkpoint(TRUNCATE)')?.busy === 0;
    } catch (error) {
      // Another process may be reading a log that was left behind by one that was killed.
      if (((resultCode(error) ?? 0) & 0xff) !== SQLITE_BUSY) throw error;
      return false;
    } finally {
      this.exec(`PRAGMA busy_timeout = ${timeout}`);
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

  #transaction<T>(begin: string, work: () => T): T {
    this.run(begin);
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
