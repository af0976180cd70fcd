import { copyFile, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreError } from '../store-error.ts';
import { sampleRecord, WORKSPACE } from '../testing/sample-event.ts';
import { configure } from './configure.ts';
import { migrations } from './migrations/registry.ts';
import { DATABASE_FILE, openSqliteStore } from './open-sqlite-store.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { sqliteStore } from './sqlite-store.ts';

/** The error that a promise rejects with; it must be one that tells the operator what to do. */
const faultOf = async (promise: Promise<unknown>): Promise<StoreError> => {
  const error = await promise.then(
    () => new Error('nothing went wrong'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof StoreError)) throw error;
  expect(error.message).toContain('WHORL_DATA_DIR');
  expect(error.message).toContain(error.mend);
  return error;
};

describe('openSqliteStore', { timeout: 30_000 }, () => {
  let root = '';
  let file = '';

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'whorl-open-'));
    file = join(root, DATABASE_FILE);
  });

  afterEach(() => rm(root, { recursive: true }));

  it('lets one server claim the directory at a time, and commands work beside it', async () => {
    const dataDir = join(root, 'claimed');
    const [server, command] = [await openSqliteStore(dataDir), await openSqliteStore(dataDir)];
    await server.migrate();
    await server.claim();
    expect(await command.workspaces()).toEqual([]);
    expect((await faultOf(command.claim())).problem).toBe('locked');
    await server.close();
    await command.claim();
    await command.close();
  });

  it('makes nothing where it is told that there must be something', async () => {
    const missing = join(root, 'missing');
    expect((await faultOf(openSqliteStore(missing, { mustExist: true }))).problem).toBe('unavailable');
    await expect(stat(missing)).rejects.toThrow();
  });

  it('makes the directory, for its own user alone', async () => {
    const store = await openSqliteStore(join(root, 'a', 'b'));
    expect(await store.migrate()).toEqual(migrations.map(({ name }) => name));
    const mode = async (path: string) => (await stat(join(root, 'a', 'b', path))).mode & 0o777;
    expect([await mode('.'), await mode(DATABASE_FILE), await mode(`${DATABASE_FILE}-wal`)]).toEqual([
      0o700, 0o600, 0o600,
    ]);
    await store.close();
  });

  it('leaves everything in the one file when it is closed', async () => {
    const store = await openSqliteStore(join(root, 'first'));
    await store.migrate();
    const record = sampleRecord();
    await store.record([record]);
    await store.close();
    await mkdir(join(root, 'copy'));
    await copyFile(join(root, 'first', DATABASE_FILE), join(root, 'copy', DATABASE_FILE));
    const copy = await openSqliteStore(join(root, 'copy'));
    expect(await copy.event({ workspaceId: WORKSPACE }, record.event.id)).toEqual(record.event);
    await copy.close();
  });

  it('commits to the disk, not to the cache of the system', async () => {
    const database = new SqliteDatabase(file, 1_000);
    await configure(database, 1_000);
    expect(database.one('PRAGMA synchronous')).toEqual({ synchronous: 2 });
    expect(database.one('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
    expect(database.one('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
    database.close();
  });

  it('says so when a file stands where the directory is to be', async () => {
    await writeFile(join(root, 'file'), '');
    expect((await faultOf(openSqliteStore(join(root, 'file')))).problem).toBe('not-writable');
    expect((await faultOf(openSqliteStore(join(root, 'file', 'below')))).problem).toBe('not-writable');
  });

  it('says so when a directory stands where the file is to be', async () => {
    await mkdir(file);
    const fault = await faultOf(openSqliteStore(root));
    expect(fault.problem).toBe('not-writable');
    expect(fault.message).toContain(file);
  });

  it('does not touch a file that is no database', async () => {
    const text = 'My diary. '.repeat(1_000);
    await writeFile(file, text);
    expect((await faultOf(openSqliteStore(root))).problem).toBe('corrupt');
    expect(await readFile(file, 'utf8')).toBe(text);
  });

  it("does not touch another program's database", async () => {
    const other = new SqliteDatabase(file, 1_000);
    other.exec('CREATE TABLE recipes (name TEXT); PRAGMA user_version = 1;');
    other.close();
    const before = await readFile(file);
    expect((await faultOf(openSqliteStore(root))).problem).toBe('not-ours');
    expect(await readFile(file)).toEqual(before);
  });

  it('refuses a database of a later version', async () => {
    const store = await openSqliteStore(root);
    await store.migrate();
    await store.close();
    const later = new SqliteDatabase(file, 1_000);
    later.exec('PRAGMA user_version = 999; UPDATE schema_mark SET least = 999;');
    later.close();
    const fault = await faultOf(openSqliteStore(root));
    expect(fault.problem).toBe('newer');
    expect(fault.message).toContain('schema 999');
  });

  it('gives up waiting for a lock that another process keeps, and works when it is gone', async () => {
    const store = await openSqliteStore(root, { patience: 50 });
    await store.migrate();
    const other = new SqliteDatabase(file, 50);
    other.exec('BEGIN IMMEDIATE');
    const record = sampleRecord();
    expect((await faultOf(store.record([record]))).problem).toBe('locked');
    expect(await store.event({ workspaceId: WORKSPACE }, record.event.id)).toBeUndefined();
    other.exec('ROLLBACK');
    expect(await store.record([record])).toEqual(['recorded']);
    other.close();
    await store.close();
  });

  it('stores nothing when the disk is full, loses nothing, and goes on when there is space', async () => {
    const database = new SqliteDatabase(file, 1_000);
    await configure(database, 1_000);
    const store = sqliteStore(database);
    await store.migrate();
    const first = sampleRecord();
    await store.record([first]);
    const pages = database.one<{ page_count: number }>('PRAGMA page_count')?.page_count ?? 0;
    database.exec(`PRAGMA max_page_count = ${pages + 4}`);
    const many = Array.from({ length: 200 }, () => sampleRecord());
    expect((await faultOf(store.record(many))).problem).toBe('disk-full');
    for (const { event } of many) expect(await store.event({ workspaceId: WORKSPACE }, event.id)).toBeUndefined();
    expect(await store.event({ workspaceId: WORKSPACE }, first.event.id)).toEqual(first.event);
    database.exec('PRAGMA max_page_count = 1000000');
    expect(await store.record(many)).toEqual(many.map(() => 'recorded'));
    await store.close();
  });

  it('says so when the file is damaged', async () => {
    const store = await openSqliteStore(root);
    await store.migrate();
    await store.close();
    const bytes = await readFile(file);
    await writeFile(file, Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.length - 100, 0xa5)]));
    const damaged = openSqliteStore(root).then((opened) => opened.workspaces().finally(() => opened.close()));
    expect((await faultOf(damaged)).problem).toBe('corrupt');
  });
});
