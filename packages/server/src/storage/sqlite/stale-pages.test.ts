import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { randomText } from '../testing/sample-event.ts';
import { configure } from './configure.ts';
import { migrate } from './migrate.ts';
import { DATABASE_FILE } from './open-sqlite-store.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { StalePages } from './stale-pages.ts';
import { foundIn } from './testing/traces.ts';

const GONE = 'what-was-deleted-';

describe('StalePages', { timeout: 30_000 }, () => {
  let directory = '';
  let mine: SqliteDatabase;
  let other: SqliteDatabase;
  let stale: StalePages;

  const found = (): string[] => foundIn(directory, [[GONE, Buffer.from(GONE)]]);

  const open = async (): Promise<SqliteDatabase> => {
    const database = new SqliteDatabase(join(directory, DATABASE_FILE), 1_000);
    await configure(database, 1_000);
    return database;
  };

  /** Puts bytes into the gap of each page of a table, as SQLite's balancing leaves them. */
  const plant = (pages: readonly number[], pageSize: number): void => {
    const file = openSync(join(directory, DATABASE_FILE), 'r+');
    const page = Buffer.alloc(pageSize);
    for (const number of pages) {
      readSync(file, page, 0, pageSize, (number - 1) * pageSize);
      const content = page.readUInt16BE(5);
      expect(content).toBeGreaterThan(8 + 2 * page.readUInt16BE(3) + GONE.length);
      writeSync(file, GONE, (number - 1) * pageSize + content - GONE.length);
    }
    closeSync(file);
  };

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'whorl-stale-'));
    const writer = await open();
    migrate(writer);
    writer.write(() => {
      for (let at = 0; at < 2_000; at++) {
        const words = [randomText(20), randomText(20), randomText(30)];
        writer.run('INSERT INTO links VALUES (1, ?, ?, 1, ?, 1)', ...words);
      }
      // So that every page has a gap.
      writer.run('DELETE FROM links WHERE value < ?', 'Z');
    });
    writer.exec('VACUUM');
    const pages = writer.all<{ pageno: number }>(
      "SELECT pageno FROM dbstat WHERE name = 'links' AND pagetype = 'leaf'",
    );
    writer.close();
    plant(pages.map(({ pageno }) => pageno).slice(0, -1), 8_192);
    mine = await open();
    other = await open();
    stale = new StalePages(mine);
  });

  afterEach(async () => {
    other.abandon();
    mine.close();
    await stale.close();
    await rm(directory, { recursive: true });
  });

  it('cleans the pages that it finds, and changes no row', async () => {
    const rows = mine.all('SELECT * FROM links');
    expect(found()).toEqual([GONE]);
    const pages = await stale.find();
    expect(await stale.clean(pages)).toBe(true);
    expect(found()).toEqual([]);
    expect(await stale.find()).toEqual([]);
    for (const database of [mine, other]) {
      expect(database.all('SELECT * FROM links')).toEqual(rows);
      expect(database.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    }
  });

  it.each(['mine', 'other'])('is not undone by a connection that held the pages in memory (%s)', async (whose) => {
    const database = whose === 'mine' ? mine : other;
    database.all('SELECT * FROM links');
    expect(found()).toEqual([GONE]);
    await stale.clean(await stale.find());
    database.run('UPDATE links SET latest = 2 + latest');
    mine.emptyLog();
    expect(found()).toEqual([]);
  });

  it('tries again after the file could not be opened, and closes where it never was', async () => {
    const [file, elsewhere] = [join(directory, DATABASE_FILE), join(directory, 'elsewhere')];
    const never = new StalePages(other);
    await rename(file, elsewhere);
    for (const each of [stale, never]) await expect(each.find()).rejects.toThrow('ENOENT');
    await rename(elsewhere, file);
    await expect(never.close()).resolves.toBeUndefined();
    expect(await stale.clean(await stale.find())).toBe(true);
    expect(found()).toEqual([]);
  });

  it('changes nothing while the log cannot be emptied', async () => {
    const pages = await stale.find();
    other.exec('BEGIN');
    other.one('SELECT count(*) FROM links');
    mine.run('UPDATE links SET latest = 3');
    expect(await stale.clean(pages)).toBe(false);
    expect(found()).toEqual([GONE]);
    other.exec('COMMIT');
    expect(await stale.clean(pages)).toBe(true);
  });
});
