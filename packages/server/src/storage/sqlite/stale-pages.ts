import { fdatasyncSync, readSync, statSync, writeSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { SqliteDatabase } from './sqlite-database.ts';
import { MOST_PAGES, staleGap } from './stale-gap.ts';

/** Pages that are read at a time; others are served in between. */
const PAGES_AT_ONCE = 128;

/** Pages that are cleaned at a time: some hundredths of a second. */
export const CLEANED_AT_ONCE = 256;

const pageSizeOf = (database: SqliteDatabase): number => {
  const vacuum = database.one<{ auto_vacuum: number }>('PRAGMA auto_vacuum')?.auto_vacuum;
  // With it, some pages hold a table of the others, whose first byte means something else.
  if (vacuum !== 0) throw new Error('the database was made with auto_vacuum');
  const size = database.one<{ page_size: number }>('PRAGMA page_size')?.page_size;
  if (size === undefined) throw new Error('the database has no page size');
  return size;
};

/**
 * The database's file beside SQLite, to find and zero the bytes that SQLite's balancing of pages leaves between cells.
 *
 * It stays open until SQLite has closed the file: a process that closes a file loses all locks that it has on it, those
 * of SQLite, too (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
 */
export class StalePages {
  readonly #database: SqliteDatabase;
  #file: Promise<FileHandle> | undefined;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  /**
   * Numbers of the pages in the file that hold such bytes. Reads the whole file, while others go on. The first page, which
   * holds the definitions of the tables and nobody's rows, is never among them.
   */
  async find(): Promise<number[]> {
    const file = await this.#open();
    const pageSize = pageSizeOf(this.#database);
    const pages = Math.floor((await file.stat()).size / pageSize);
    if (pages > MOST_PAGES) throw new Error(`the database has ${pages} pages, more than can be told apart`);
    const buffer = Buffer.allocUnsafe(PAGES_AT_ONCE * pageSize);
    const found: number[] = [];
    for (let before = 0; before < pages; before += PAGES_AT_ONCE) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, before * pageSize);
      for (let at = 0; (at + 1) * pageSize <= bytesRead; at++) {
        const page = buffer.subarray(at * pageSize, (at + 1) * pageSize);
        if (staleGap(page) !== undefined) found.push(before + at + 1);
      }
    }
    return found;
  }

  /**
   * Zeros those bytes in some pages. The bytes are nobody's, so readers are not disturbed. False, having changed nothing,
   * when the write-ahead log cannot be emptied now: the file does not yet hold the pages as they are.
   */
  async clean(pages: readonly number[]): Promise<boolean> {
    const { fd } = await this.#open();
    return this.#database.whenFree(() => this.#clean(fd, pages));
  }

  /** To be called when SQLite has closed the file. */
  async close(): Promise<void> {
    const file = await this.#file?.catch(() => undefined);
    await file?.close();
  }

  #clean(fd: number, pages: readonly number[]): boolean {
    const database = this.#database;
    if (!database.emptyLog()) return false;
    const page = Buffer.alloc(pageSizeOf(database));
    const zeros = Buffer.alloc(page.length);
    const done = database.write(() => {
      // Holding the right to write, we are alone with the file as long as nobody came between and wrote to the log.
      if (statSync(`${database.path}-wal`).size > 0) return false;
      for (const number of pages) {
        const at = (number - 1) * page.length;
        const gap = readSync(fd, page, 0, page.length, at) === page.length ? staleGap(page) : undefined;
        if (gap !== undefined) writeSync(fd, zeros, 0, gap.to - gap.from, at + gap.from);
      }
      fdatasyncSync(fd);
      // A commit, upon which other connections read their pages anew: a copy in memory would bring the bytes back.
      const version = database.one<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0;
      database.exec(`PRAGMA user_version = ${version}`);
      return true;
    });
    // And so that this connection does the same.
    database.exec('PRAGMA shrink_memory');
    return done;
  }

  /** Once, but for a failure: the next who asks tries again. */
  async #open(): Promise<FileHandle> {
    this.#file ??= open(this.#database.path, 'r+');
    const opening = this.#file;
    try {
      return await opening;
    } catch (error) {
      if (this.#file === opening) this.#file = undefined;
      throw error;
    }
  }
}
