import { mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tailOf } from '../request-id.ts';
import type { EventRecord, Store } from '../store.ts';
import { StoreError } from '../store-error.ts';
import { NOON, randomText, sampleRecord, WORKSPACE } from '../testing/sample-event.ts';
import { sampleWorkspace } from '../testing/sample-tenancy.ts';
import { sampleWebhook } from '../testing/sample-webhook.ts';
import { configure } from './configure.ts';
import { eraseSomeOfVisitor } from './erase-visitor.ts';
import { DATABASE_FILE, openSqliteStore } from './open-sqlite-store.ts';
import { SqliteDatabase } from './sqlite-database.ts';
import { foundIn, type Trace, tracesOf, visitOf } from './testing/traces.ts';

const VISITOR = 'visitorAAAAAAAAAAAA1';

describe('eraseVisitor in SQLite', { timeout: 60_000 }, () => {
  let directory = '';
  let store: Store;
  let database: SqliteDatabase;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'whorl-erase-'));
    store = await openSqliteStore(directory);
    await store.migrate();
    await store.createWorkspace(sampleWorkspace());
    await store.createWebhook(sampleWebhook());
    database = new SqliteDatabase(join(directory, DATABASE_FILE), 1_000);
    await configure(database, 1_000);
  });

  afterEach(async () => {
    database.abandon();
    await store.close();
    await rm(directory, { recursive: true });
  });

  const bodyOf = ({ event }: EventRecord): Uint8Array =>
    database.one<{ body: Uint8Array }>(
      'SELECT body FROM events JOIN bodies USING (row) WHERE time = ? AND tail = ?',
      event.time,
      tailOf(event.id),
    )?.body ?? new Uint8Array();

  const eventsLeft = (): number | undefined =>
    database.one<{ events: number }>('SELECT count(*) AS events FROM events WHERE visitor = ?', VISITOR)?.events;

  const found = (traces: readonly Trace[]) => foundIn(directory, traces);

  it('leaves no byte of the visitor in any file, and all of the others', async () => {
    const visits: EventRecord[] = [];
    const traces: Trace[] = [];
    const theirs: Trace[] = [];
    for (let round = 0; round < 20; round++) {
      const batch = Array.from({ length: 20 }, (_, at) =>
        visitOf(at === 7 ? VISITOR : `other${String(round * 20 + at).padStart(15, '0')}`, round * 20 + at),
      );
      await store.record(batch);
      for (const visit of batch) {
        const isErased = visit.event.identity.visitorId === VISITOR;
        const before = bodyOf(visit);
        // Growing and shrinking rows move about in their pages.
        const tag = { note: `note-${randomText(round % 2 === 0 ? 10 : 2_500)}` };
        if (isErased || round % 3 === 0) {
          await store.reviseEvent(WORKSPACE, visit.event.id, (event) => ({ ...event, tag, suspect: true }));
        }
        if (isErased) traces.push(...tracesOf(visit, [before, bodyOf(visit)]));
        else theirs.push(...tracesOf(visit, []).filter(([name]) => name === 'visitorId' || name === 'linkedId'));
      }
      visits.push(...batch);
    }
    expect(found(traces)).toEqual(expect.arrayContaining(['visitorId', 'linkedId', 'packed address', 'body']));
    expect(await store.eraseVisitor(WORKSPACE, VISITOR)).toBe(true);
    expect(found(traces)).toEqual([]);
    expect(found(theirs)).toEqual(['visitorId', 'linkedId']);
    expect(database.all('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(database.all('PRAGMA foreign_key_check')).toEqual([]);
    for (const { event } of visits) {
      const kept = await store.event({ workspaceId: WORKSPACE }, event.id);
      expect(kept?.linkedId).toBe(event.identity.visitorId === VISITOR ? undefined : event.linkedId);
    }
  });

  it('leaves the id in no event of others that named it', async () => {
    const naming = sampleRecord({ runnersUp: [{ visitorId: VISITOR, score: 0.5 }] });
    await store.record([visitOf(VISITOR, 1), naming]);
    const before = bodyOf(naming);
    await store.eraseVisitor(WORKSPACE, VISITOR);
    expect(found([['body', before]])).toEqual([]);
    expect(database.all('SELECT * FROM mentions')).toEqual([]);
  });

  it('is taken up where it was interrupted', async () => {
    const visits = Array.from({ length: 250 }, (_, at) => visitOf(VISITOR, at));
    const other = sampleRecord({ ip: '198.51.102.149', time: NOON + 400 });
    await store.record([...visits, other]);
    expect(eraseSomeOfVisitor(database, WORKSPACE, VISITOR)).toEqual({ found: true, more: true });
    // As if the process had ended here.
    const again = await openSqliteStore(directory);
    expect(await again.visitor(WORKSPACE, VISITOR)).toBeUndefined();
    expect(eventsLeft()).toBeGreaterThan(0);
    expect(await again.eraseVisitor(WORKSPACE, VISITOR)).toBe(true);
    for (const table of ['events', 'bodies']) {
      expect(database.one(`SELECT count(*) AS rows FROM ${table}`)).toEqual({ rows: 1 });
    }
    // The last visit's address is the other's, too.
    expect(found(visits.slice(0, -1).flatMap((visit) => tracesOf(visit, [])))).toEqual([]);
    await again.close();
  });

  it('is ended by the next server where it was interrupted, and not by a command', async () => {
    const visits = Array.from({ length: 350 }, (_, at) => visitOf(VISITOR, at));
    await store.record(visits);
    for (let step = 0; step < 2; step++) {
      expect(eraseSomeOfVisitor(database, WORKSPACE, VISITOR).more).toBe(true);
    }
    await store.close();
    const command = await openSqliteStore(directory);
    await command.migrate();
    await command.close();
    expect(eventsLeft()).toBe(150);
    store = await openSqliteStore(directory);
    await store.claim();
    await store.migrate();
    for (const table of ['events', 'bodies', 'deliveries', 'erasures_due']) {
      expect(database.one(`SELECT count(*) AS rows FROM ${table}`)).toEqual({ rows: 0 });
    }
    expect(found(visits.flatMap((visit) => tracesOf(visit, [])))).toEqual([]);
  });

  it('is made good by the next one, where the file could not be opened once more', async () => {
    const visits = [visitOf(VISITOR, 1), visitOf('visitorAAAAAAAAAAAA2', 2)];
    await store.record(visits);
    // SQLite has the file open already, and does not mind.
    const [file, elsewhere] = [join(directory, DATABASE_FILE), join(directory, 'elsewhere')];
    await rename(file, elsewhere);
    await expect(store.eraseVisitor(WORKSPACE, VISITOR)).rejects.toBeInstanceOf(StoreError);
    await rename(elsewhere, file);
    expect(await store.eraseVisitor(WORKSPACE, VISITOR)).toBe(false);
    expect(found(visits.slice(0, 1).flatMap((visit) => tracesOf(visit, [])))).toEqual([]);
  });

  it('waits for readers of older pages', async () => {
    const visit = visitOf(VISITOR, 1);
    await store.record([visit]);
    database.exec('BEGIN');
    database.one('SELECT count(*) FROM events');
    let done = false;
    const erased = store.eraseVisitor(WORKSPACE, VISITOR).finally(() => {
      done = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(done).toBe(false);
    // The others are not kept waiting.
    expect(await store.record([sampleRecord()])).toEqual(['recorded']);
    database.exec('COMMIT');
    expect(await erased).toBe(true);
    expect(found(tracesOf(visit, []))).toEqual([]);
  });

  it('forgets the oldest sightings of a visitor that has very many', async () => {
    const visits = Array.from({ length: 70 }, (_, at) => sampleRecord({ visitorId: VISITOR, time: NOON + at }));
    for (const visit of visits) await store.record([visit]);
    const [parts, sightings] = ['sighting_parts', 'sightings'].map((table) =>
      database.all<{ key: string }>(`SELECT key FROM ${table}`).map(({ key }) => key),
    );
    expect(parts).toHaveLength(64);
    expect(sightings).toEqual(parts);
    expect(parts).not.toContain(visits[5]?.sightingKey);
    expect(parts).toContain(visits[6]?.sightingKey);
  });
});
