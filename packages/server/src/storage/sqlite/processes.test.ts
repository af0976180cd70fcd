import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WORKSPACE } from '../testing/sample-event.ts';
import { migrations } from './migrations/registry.ts';
import { DATABASE_FILE, openSqliteStore } from './open-sqlite-store.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { buildChild, linesOf, startChild } from './testing/start-child.ts';

describe('the store in SQLite in several processes', () => {
  let directory = '';
  let script = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'whorl-processes-'));
    script = await buildChild(directory);
  }, 30_000);

  afterAll(() => rm(directory, { recursive: true }));

  it('is migrated once, by one of those that start at the same moment', async () => {
    const dataDir = join(directory, 'migrate');
    const printed = await Promise.all(Array.from({ length: 5 }, () => linesOf(startChild(script, 'migrate', dataDir))));
    expect(printed.flat().toSorted()).toEqual(['', '', '', '', migrations.map(({ name }) => name).join(' ')]);
    const store = await openSqliteStore(dataDir);
    expect(await store.migrate()).toEqual([]);
    await store.close();
  }, 30_000);

  it('has every acknowledged event after both writers were killed in the middle of their work', async () => {
    const dataDir = join(directory, 'kill');
    const children = [startChild(script, 'record', dataDir), startChild(script, 'record', dataDir)];
    const printed = children.map(linesOf);
    await wait(2_500);
    for (const child of children) child.kill('SIGKILL');
    const ids = (await Promise.all(printed)).flat();
    expect(children.map(({ signalCode }) => signalCode)).toEqual(['SIGKILL', 'SIGKILL']);
    expect(ids.length).toBeGreaterThan(100);

    const database = new SqliteDatabase(join(dataDir, DATABASE_FILE), 1_000);
    expect(database.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(database.all('PRAGMA foreign_key_check')).toEqual([]);
    // Half an event, had a transaction been torn, would be a row without its body.
    expect(database.one('SELECT (SELECT count(*) FROM events) - (SELECT count(*) FROM bodies) AS torn')).toEqual({
      torn: 0,
    });
    database.close();

    const store = await openSqliteStore(dataDir);
    for (const id of ids) expect((await store.event({ workspaceId: WORKSPACE }, id))?.id).toBe(id);
    await store.close();
  }, 60_000);
});
