import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packEvent } from '../event-body.ts';
import { LEARNT_ANEW } from '../learnt-anew.ts';
import { packAddress } from '../pack-address.ts';
import { bucketOf, tailOf } from '../request-id.ts';
import type { EventRecord } from '../store.ts';
import { ENVIRONMENT, NOON, randomText, WORKSPACE } from '../testing/sample-event.ts';
import { clearingDue } from './clearing.ts';
import { migrate } from './migrate.ts';
import { firstSchema } from './migrations/0001-first-schema.ts';
import { DATABASE_FILE, openSqliteStore } from './open-sqlite-store.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { foundIn, tracesOf, visitOf } from './testing/traces.ts';

const VISITORS = 12;
const VISITS = 600;

/** Stores a visit as the first version did, as far as this visitor's rows go. */
const writeVisit = (database: SqliteDatabase, { event, lesson, sightingKey }: EventRecord, seq: number): void => {
  const { visitorId } = event.identity;
  const keys = (lesson?.keys ?? []).map((key) => `key-${key}`);
  // Rows of other lengths do not take the place of those before them.
  const features = JSON.stringify({ ...lesson?.features, plugins: 'x'.repeat((seq * 37) % 400) });
  const { row } = database.run(
    `INSERT INTO events (bucket, time, tail, workspace, environment, visitor, linked_id, ip, country, detected, clear,
       sdk_platform, sdk_version, visitor_seq, ip_seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'CZ', 0, 0, 'js', '1', ?, 1)`,
    bucketOf(event.id),
    event.time,
    tailOf(event.id),
    WORKSPACE,
    ENVIRONMENT,
    visitorId,
    event.linkedId ?? null,
    packAddress(event.ip),
    seq,
  );
  database.run('INSERT INTO bodies (row, body) VALUES (?, ?)', row, packEvent(event));
  const known = database.one<{ keys: string }>('SELECT keys FROM visitors WHERE visitor = ?', visitorId);
  for (const key of JSON.parse(known?.keys ?? '[]') as string[]) {
    database.run('DELETE FROM identity_keys WHERE key = ? AND visitor = ?', key, visitorId);
  }
  const seen = [NOON, NOON, event.time];
  const visitor = [visitorId, WORKSPACE, features, JSON.stringify(keys), ...seen, event.time];
  database.run('INSERT OR REPLACE INTO visitors VALUES (?, ?, ?, ?, ?, ?, ?, ?)', ...visitor);
  for (const key of keys) {
    database.run(
      'INSERT INTO identity_keys VALUES (?, ?, ?, ?, ?, ?, ?)',
      key,
      WORKSPACE,
      event.time,
      visitorId,
      features,
      NOON,
      NOON,
    );
  }
  database.run('INSERT INTO sightings VALUES (?, ?, ?)', sightingKey, event.time, event.time);
};

describe('a database of the first version, which did not overwrite what it deleted', { timeout: 60_000 }, () => {
  let directory = '';
  let visits: EventRecord[];
  const visitors = Array.from({ length: VISITORS }, () => randomText(20));

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'whorl-rewrite-'));
    visits = Array.from({ length: VISITS }, (_, at) => visitOf(visitors[at % VISITORS] ?? '', at));
    const database = new SqliteDatabase(join(directory, DATABASE_FILE), 1_000);
    database.exec('PRAGMA page_size = 8192; PRAGMA secure_delete = OFF; PRAGMA journal_mode = WAL');
    migrate(database, [firstSchema]);
    database.run("INSERT INTO workspaces VALUES (?, 'shop', 5)", WORKSPACE);
    database.run("INSERT INTO environments VALUES (?, ?, 'production', '[]', 6)", ENVIRONMENT, WORKSPACE);
    for (const [at, visit] of visits.entries()) {
      database.write(() => writeVisit(database, visit, Math.floor(at / VISITORS) + 1));
    }
    database.close();
  });

  afterEach(() => rm(directory, { recursive: true }));

  const tracesOfVisitor = (visitor: string) =>
    visits.filter(({ event }) => event.identity.visitorId === visitor).flatMap((visit) => tracesOf(visit, []));

  it('keeps nothing of any visitor that is erased from it later', async () => {
    // What later visits have replaced: no row holds it, and the file still does.
    const replaced = visits.slice(0, -VISITORS);
    const features = replaced.flatMap((visit) => tracesOf(visit, []).filter(([name]) => name === 'canvas'));
    expect(foundIn(directory, features)).toEqual(['canvas']);

    const store = await openSqliteStore(directory);
    const notes: string[] = [];
    await store.migrate((sentence) => notes.push(sentence));
    expect(notes).toEqual([LEARNT_ANEW, expect.stringContaining(DATABASE_FILE)]);
    await store.migrate((sentence) => notes.push(sentence));
    expect(notes).toHaveLength(2);
    expect(foundIn(directory, features)).toEqual([]);
    for (const visitor of visitors) {
      expect(await store.eraseVisitor(WORKSPACE, visitor)).toBe(true);
      expect(foundIn(directory, tracesOfVisitor(visitor))).toEqual([]);
    }
    await store.close();
  });

  it('is written anew by the next start when the first one was stopped', async () => {
    const database = new SqliteDatabase(join(directory, DATABASE_FILE), 1_000);
    migrate(database);
    expect(clearingDue(database, 'file')).toBe(1);
    database.close();
    const store = await openSqliteStore(directory);
    expect(await store.migrate()).toEqual([]);
    const [visitor = ''] = visitors;
    await store.eraseVisitor(WORKSPACE, visitor);
    expect(foundIn(directory, tracesOfVisitor(visitor))).toEqual([]);
    await store.close();
  });
});

describe('rewriteFile', () => {
  it('is not due in a new database', () => {
    const database = new SqliteDatabase(':memory:', 0);
    migrate(database);
    expect(clearingDue(database, 'file')).toBe(0);
    database.close();
  });
});
