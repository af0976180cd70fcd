import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { configure } from './configure.ts';
import { SqliteDatabase } from './sqlite-database.ts';

describe('SqliteDatabase', () => {
  let directory = '';
  let database: SqliteDatabase;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'whorl-database-'));
    database = new SqliteDatabase(join(directory, 'test.db'), 2_000);
    await configure(database, 1_000);
    database.exec('CREATE TABLE notes (text TEXT)');
  });

  afterEach(async () => {
    database.close();
    await rm(directory, { recursive: true });
  });

  const logSize = async () => (await stat(join(directory, 'test.db-wal'))).size;

  it('goes on after more different statements than it keeps, also with one that it let go of', () => {
    database.write(() => {
      for (let at = 0; at < 1_000; at++) {
        expect(database.one(`SELECT ${at} AS it`)).toEqual({ it: at });
        database.run('INSERT INTO notes VALUES (?)', `${at}`);
      }
    });
    expect(database.one('SELECT 0 AS it')).toEqual({ it: 0 });
    expect(database.one('SELECT count(*) AS notes FROM notes')).toEqual({ notes: 1_000 });
  });

  it('empties its log, unless another connection reads, and does not wait for it', async () => {
    const reader = new SqliteDatabase(database.path, 0);
    database.run('INSERT INTO notes VALUES (?)', 'first');
    reader.exec('BEGIN');
    reader.one('SELECT * FROM notes');
    database.run('INSERT INTO notes VALUES (?)', 'second');
    const started = performance.now();
    expect(database.emptyLog()).toBe(false);
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(await logSize()).toBeGreaterThan(0);
    reader.exec('COMMIT');
    reader.abandon();
    expect(database.emptyLog()).toBe(true);
    expect(await logSize()).toBe(0);
    expect(database.one('PRAGMA busy_timeout')).toEqual({ timeout: 2_000 });
    expect(database.all('SELECT text FROM notes')).toEqual([{ text: 'first' }, { text: 'second' }]);
  });
});
