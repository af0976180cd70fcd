import { inflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Store } from '../store.ts';
import { visit } from '../testing/counted-visits.ts';
import { ENVIRONMENT, NOON, sampleRecord, WORKSPACE } from '../testing/sample-event.ts';
import { samplePortrait, shownBytes, teaching } from '../testing/sample-portrait.ts';
import { sampleEnvironment, sampleWorkspace } from '../testing/sample-tenancy.ts';
import { sampleWebhook, WEBHOOK } from '../testing/sample-webhook.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { allFiles } from './testing/all-files.ts';
import { usePostgres } from './testing/use-postgres.ts';

const postgres = usePostgres();

describe('eraseVisitor of the store in PostgreSQL', () => {
  let store: Store;
  let asking: PostgresDatabase;
  let url: string;

  beforeEach(async () => {
    ({ url } = await postgres.migrated());
    store = await openPostgresStore(url);
    asking = new PostgresDatabase(url);
  });

  afterEach(async () => {
    await store.close();
    await asking.close();
  });

  /** Every row of every table as text, bodies inflated. */
  const allText = async (): Promise<string> => {
    const tables = await asking.all<{ name: string }>(
      "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'whorl'",
    );
    const texts: string[] = [];
    for (const { name } of tables) {
      const rows = await asking.all<{ text: string }>(`SELECT t::text AS text FROM whorl.${name} t`);
      texts.push(...rows.map(({ text }) => text));
    }
    for (const table of ['event_bodies', 'edge_events']) {
      const rows = await asking.all<{ body: Buffer }>(`SELECT body FROM whorl.${table}`);
      texts.push(...rows.map(({ body }) => inflateRawSync(body).toString('utf8')));
    }
    return texts.join('\n');
  };

  it('leaves no word of the visitor in any table', async () => {
    await store.createWebhook(sampleWebhook());
    const of = (name: string, ip: string) => ({
      visitorId: `${name}AAAAAAAAAAAAAAAAAAAA`.slice(0, 20),
      ip,
      linkedId: `customer of ${name}`,
      attributes: { platform: { value: `machine of ${name}`, duration: 1 } },
    });
    const [gone, kept] = [of('gone', '198.51.100.77'), of('kept', '203.0.113.7')];
    const [goneKey, keptKey] = [1_234_567_890_123, 3_210_987_654_321];
    const portraitOf = (who: typeof gone) => samplePortrait({ timezone: `Where/${who.visitorId}` });
    const records = [gone, kept].flatMap((who, at) =>
      [0, 1, 40 * 86_400_000].map((after) =>
        sampleRecord(
          { ...who, time: NOON + after + at },
          {
            ...teaching({
              features: { os: `system of ${who.visitorId}` },
              portrait: portraitOf(who),
              keys: [who === gone ? goneKey : keptKey],
            }),
            sightingKey: `sighting ${who.visitorId}`,
            webhookIds: [WEBHOOK],
          },
        ),
      ),
    );
    // An event of the other that names it.
    const [named] = records.slice(3);
    if (named === undefined) throw new Error('no record');
    named.event.identity.explanation.runnersUp = [{ visitorId: gone.visitorId, score: 0.4 }];
    await store.record(records);
    await store.reviseEvent(WORKSPACE, records[0]?.event.id ?? '', (event) => ({ ...event, linkedId: 'renamed gone' }));

    const words = [
      gone.visitorId,
      gone.ip,
      'customer of gone',
      'renamed gone',
      'machine of gone',
      `${goneKey}`,
      // As PostgreSQL writes bytes.
      shownBytes(portraitOf(gone)).toString('hex'),
    ];
    const ids = records.slice(0, 3).flatMap(({ event }) => [event.id, event.id.slice(14)]);
    const before = await allText();
    for (const word of words) expect(before).toContain(word);

    expect(await store.eraseVisitor(WORKSPACE, gone.visitorId)).toBe(true);
    const after = await allText();
    for (const word of [...words, ...ids, `sighting ${gone.visitorId}`]) expect(after).not.toContain(word);
    for (const word of [kept.visitorId, 'customer of kept', 'machine of kept', `${keptKey}`])
      expect(after).toContain(word);
    expect(await store.eraseVisitor(WORKSPACE, gone.visitorId)).toBe(false);
  });

  it('is ended by the next server where it was interrupted, and not by a command', async () => {
    const visitorId = 'goneAAAAAAAAAAAAAAAA';
    for (let at = 0; at < 3; at++) {
      await store.record(Array.from({ length: 400 }, (_, more) => sampleRecord({ visitorId, time: NOON + at + more })));
    }
    // As if the process had ended after its first transaction.
    const { write } = PostgresDatabase.prototype;
    let begun = 0;
    const stopping = vi.spyOn(PostgresDatabase.prototype, 'write').mockImplementation(function (
      this: PostgresDatabase,
      work,
    ) {
      begun++;
      if (begun > 1) throw new Error('killed');
      return write.call(this, work);
    });
    await expect(store.eraseVisitor(WORKSPACE, visitorId)).rejects.toThrow('killed');
    stopping.mockRestore();
    await store.migrate();
    // A server does it beside its work, and not before it listens.
    await store.claim();
    await store.migrate();
    expect(await asking.one('SELECT count(*) AS rows FROM whorl.events')).toEqual({ rows: 700 });
    await store.finishErasures();
    expect(await allText()).not.toContain(visitorId);
    expect((await allFiles(asking)).includes(visitorId)).toBe(false);
  });

  it.each([WORKSPACE, ENVIRONMENT])('erases what counters of %s still know of one without events', async (scope) => {
    const [visitorId, linkedId] = ['goneAAAAAAAAAAAAAAAA', 'customer'];
    const kept = sampleRecord({ visitorId: 'keptAAAAAAAAAAAAAAAA', linkedId }, { scope });
    await store.createWorkspace(sampleWorkspace());
    await store.createEnvironment(sampleEnvironment());
    await store.record([sampleRecord({ visitorId, linkedId }, { scope }), kept]);
    // As if something had gone wrong in an erasure.
    await asking.run(
      `WITH gone AS (DELETE FROM whorl.events WHERE visitor = $1 RETURNING tail)
       DELETE FROM whorl.event_bodies WHERE tail IN (SELECT tail FROM gone)`,
      visitorId,
    );
    await asking.run('DELETE FROM whorl.visitors WHERE visitor = $1', visitorId);
    expect(await allText()).toContain(visitorId);
    expect(await store.eraseVisitor(WORKSPACE, visitorId)).toBe(true);
    expect(await allText()).not.toContain(visitorId);
    expect(await store.eraseVisitor(WORKSPACE, visitorId)).toBe(false);
    expect(await store.activity([visit({ scope, visitorId: 'another', ip: kept.event.ip, linkedId })])).toMatchObject([
      // The one that is kept, and the one that asks.
      { linkedIdVisitors: { minutes5: 2, hour: 2, day: 2 } },
    ]);
  });

  it('has erased a visitor also where another server ends its erasure meanwhile', async () => {
    const visitorId = 'goneAAAAAAAAAAAAAAAA';
    const other = await openPostgresStore(url);
    await store.record(Array.from({ length: 600 }, (_, at) => sampleRecord({ visitorId, time: NOON + at })));
    const { write } = PostgresDatabase.prototype;
    let begun = 0;
    const between = vi.spyOn(PostgresDatabase.prototype, 'write').mockImplementation(async function (
      this: PostgresDatabase,
      work,
    ) {
      if (++begun === 2) await other.finishErasures();
      return write.call(this, work);
    });
    expect(await store.eraseVisitor(WORKSPACE, visitorId)).toBe(true);
    expect(begun).toBeGreaterThan(2);
    between.mockRestore();
    await other.close();
    expect((await allFiles(asking)).includes(visitorId)).toBe(false);
    expect(await store.eraseVisitor(WORKSPACE, visitorId)).toBe(false);
  });

  it('erases a visitor of thousands of events, in several partitions', async () => {
    const visitorId = 'goneAAAAAAAAAAAAAAAA';
    const now = Date.now();
    for (let at = 0; at < 4; at++) {
      await store.record(
        Array.from({ length: 400 }, (_, more) => sampleRecord({ visitorId, time: now - at * 500 - more })),
      );
    }
    await store.record([sampleRecord({ visitorId, time: NOON })]);
    expect(await store.eraseVisitor(WORKSPACE, visitorId)).toBe(true);
    expect(await asking.one('SELECT count(*) AS rows FROM whorl.events')).toEqual({ rows: 0 });
    expect(await asking.one('SELECT count(*) AS rows FROM whorl.event_bodies')).toEqual({ rows: 0 });
  });
});
