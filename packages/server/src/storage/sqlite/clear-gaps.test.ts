import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventRecord, Store } from '../store.ts';
import { randomText, WORKSPACE } from '../testing/sample-event.ts';
import { sampleWorkspace } from '../testing/sample-tenancy.ts';
import { sampleWebhook } from '../testing/sample-webhook.ts';
import { clearingDue } from './clearing.ts';
import { configure } from './configure.ts';
import { eraseSomeOfVisitor } from './erase-visitor.ts';
import { DATABASE_FILE, openSqliteStore } from './open-sqlite-store.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { StalePages } from './stale-pages.ts';
import { foundIn, tracesOf, visitOf } from './testing/traces.ts';

const VISITORS = 20;
const VISITS = 600;

describe('clearGaps', { timeout: 60_000 }, () => {
  let directory = '';
  let store: Store;
  /** A connection of another process, as far as SQLite is concerned. */
  let database: SqliteDatabase;
  let visits: EventRecord[];
  const visitors = Array.from({ length: VISITORS }, () => randomText(20));

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'whorl-clear-'));
    store = await openSqliteStore(directory);
    await store.migrate();
    await store.createWorkspace(sampleWorkspace());
    await store.createWebhook(sampleWebhook());
    database = new SqliteDatabase(join(directory, DATABASE_FILE), 5_000);
    await configure(database, 5_000);
    // One after the other, so that the rows of all of them share their pages.
    visits = Array.from({ length: VISITS }, (_, at) => visitOf(visitors[at % VISITORS] ?? '', at));
    for (let at = 0; at < VISITS; at += 100) await store.record(visits.slice(at, at + 100));
  });

  afterEach(async () => {
    database.abandon();
    await store.close();
    await rm(directory, { recursive: true });
  });

  const visitsOf = (visitor: string) => visits.filter(({ event }) => event.identity.visitorId === visitor);
  const found = (visitor: string) =>
    foundIn(
      directory,
      visitsOf(visitor).flatMap((visit) => tracesOf(visit, [])),
    );

  const gapsIn = async (): Promise<number> => {
    database.emptyLog();
    const stale = new StalePages(database);
    try {
      return (await stale.find()).length;
    } finally {
      await stale.close();
    }
  };

  it('leaves nothing of any visitor, each erased in its turn', async () => {
    // Without this the test would show nothing: SQLite does leave such bytes.
    expect(await gapsIn()).toBeGreaterThan(0);
    for (const visitor of visitors) {
      // The other connection holds pages in memory as they were, and changes them.
      for (const table of ['links', 'events', 'visitors', 'blocking_keys']) database.all(`SELECT * FROM ${table}`);
      expect(await store.eraseVisitor(WORKSPACE, visitor)).toBe(true);
      database.run('UPDATE events SET suspect = 1 - coalesce(suspect, 0)');
      // Rows that grow move about.
      database.run("UPDATE visitors SET features = features || '          '");
      expect(found(visitor)).toEqual([]);
    }
    expect(database.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(database.one('SELECT count(*) AS events FROM events')).toEqual({ events: 0 });
  });

  it('leaves the others whole, while many are erased at once and more is recorded', async () => {
    const erased = visitors.slice(0, 10);
    const done = Promise.all(erased.map((visitor) => store.eraseVisitor(WORKSPACE, visitor)));
    const late = Array.from({ length: 300 }, (_, at) => visitOf(visitors[20 + (at % 20)] ?? '', VISITS + at));
    for (let at = 0; at < late.length; at += 10) await store.record(late.slice(at, at + 10));
    expect(await done).toEqual(erased.map(() => true));
    for (const visitor of erased) expect(found(visitor)).toEqual([]);
    expect(database.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    for (const { event } of [...visits, ...late]) {
      const kept = await store.event({ workspaceId: WORKSPACE }, event.id);
      expect(kept).toEqual(erased.includes(event.identity.visitorId) ? undefined : event);
    }
  });

  it('is made up for by the next server when the one that erased was stopped', async () => {
    const [visitor = ''] = visitors;
    while (eraseSomeOfVisitor(database, WORKSPACE, visitor).more);
    expect(clearingDue(database, 'gaps')).toBe(1);
    // As if the process had ended here.
    await store.close();
    store = await openSqliteStore(directory);
    await store.claim();
    await store.migrate();
    expect(clearingDue(database, 'gaps')).toBe(0);
    expect(found(visitor)).toEqual([]);
  });

  it('stays due while another process keeps the log, and is done by the next call', async () => {
    const [visitor = '', other = ''] = visitors;
    database.exec('BEGIN');
    database.one('SELECT count(*) FROM events');
    const pending = store.eraseVisitor(WORKSPACE, visitor);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(clearingDue(database, 'gaps')).toBe(0);
    database.exec('COMMIT');
    expect(clearingDue(database, 'gaps')).toBe(1);
    expect(await Promise.all([pending, store.eraseVisitor(WORKSPACE, other)])).toEqual([true, true]);
    expect(clearingDue(database, 'gaps')).toBe(0);
    for (const each of [visitor, other]) expect(found(each)).toEqual([]);
  });
});
