import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { packKeys } from '../packed-words.ts';
import type { Store } from '../store.ts';
import { NOON, sampleRecord, WORKSPACE } from '../testing/sample-event.ts';
import { samplePortrait, shownBytes, teaching } from '../testing/sample-portrait.ts';
import { sampleWorkspace } from '../testing/sample-tenancy.ts';
import { sampleWebhook, WEBHOOK } from '../testing/sample-webhook.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { PostgresDatabase, type Queries } from './postgres-database.ts';
import { allFiles } from './testing/all-files.ts';
import { usePostgres } from './testing/use-postgres.ts';

const postgres = usePostgres();

describe('clearTables after eraseVisitor in PostgreSQL', () => {
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

  it('leaves no byte of the visitor in the files of small tables', async () => {
    await store.createWorkspace(sampleWorkspace());
    await store.createWebhook(sampleWebhook());
    const portraitOf = (who: string) => samplePortrait({ timezone: `Where/${who}` });
    const keys = { gone: 0x1f_60ee_5eed_c0de, kept: 0x1f_ce97_5eed_c0de };
    const visitsOf = (who: 'gone' | 'kept') =>
      [NOON, Date.now()].map((time) =>
        sampleRecord(
          { visitorId: `${who}AAAAAAAAAAAAAAAA`, linkedId: `customer of ${who}`, time },
          {
            ...teaching({ features: { os: `system of ${who}` }, keys: [keys[who]], portrait: portraitOf(who) }),
            sightingKey: `sighting of ${who}`,
            webhookIds: [WEBHOOK],
          },
        ),
      );
    await store.record([...visitsOf('gone'), ...visitsOf('kept')]);
    const visitorId = 'goneAAAAAAAAAAAAAAAA';
    const filedKey = Buffer.alloc(8);
    filedKey.writeBigInt64LE(BigInt(keys.gone));
    const texts = [visitorId, 'customer of gone', 'system of gone', 'sighting of gone'];
    const words = [
      ...texts.map((text) => Buffer.from(text)),
      shownBytes(portraitOf('gone')),
      filedKey,
      Buffer.from(packKeys([keys.gone])),
    ];
    // The planner keeps values of some rows.
    await asking.run('ANALYZE');
    const statistics =
      "SELECT count(*) AS rows FROM pg_stats WHERE schemaname = 'whorl' AND histogram_bounds::text ~ $1";
    expect(await asking.one(statistics, visitorId)).not.toEqual({ rows: 0 });
    const before = await allFiles(asking);
    for (const word of words) expect([`${word}`, before.includes(word)]).toEqual([`${word}`, true]);
    expect(await store.eraseVisitor(WORKSPACE, visitorId)).toBe(true);
    const after = await allFiles(asking);
    for (const word of words) expect([`${word}`, after.includes(word)]).toEqual([`${word}`, false]);
    expect(after.includes('customer of kept')).toBe(true);
  });

  it('leaves no byte of visitors that are erased at once, while others are recorded', async () => {
    const ids = Array.from({ length: 8 }, (_, at) => `gone${at}AAAAAAAAAAAAAAA`);
    await store.record(ids.map((visitorId) => sampleRecord({ visitorId })));
    await asking.run('ANALYZE');
    const warned = vi.spyOn(process, 'emitWarning');
    const erased = Promise.all(ids.map((visitorId) => store.eraseVisitor(WORKSPACE, visitorId)));
    for (let at = 0; at < 20; at++) expect(await store.record([sampleRecord()])).toEqual(['recorded']);
    expect(await erased).toEqual(ids.map(() => true));
    expect(warned).not.toHaveBeenCalled();
    // For tables that a slow machine did not let go of in time.
    await store.finishErasures();
    const files = await allFiles(asking);
    expect(ids.filter((visitorId) => files.includes(visitorId))).toEqual([]);
  });

  it('clears a table that somebody else is reading of dead rows all the same', async () => {
    const visitorId = 'goneAAAAAAAAAAAAAAAA';
    await store.record([sampleRecord({ visitorId })]);
    await asking.write(async (queries) => {
      await queries.one('SELECT count(*) FROM whorl.visitors');
      expect(await store.eraseVisitor(WORKSPACE, visitorId)).toBe(true);
    });
    // PostgreSQL counts a moment later, and does not count those that write the table anew.
    await vi.waitFor(async () => {
      const counted = "SELECT vacuum_count AS count FROM pg_stat_user_tables WHERE relid = 'whorl.visitors'::regclass";
      expect(await asking.one(counted)).toEqual({ count: 1 });
    }, 10_000);
  });

  const due = () => asking.all('SELECT name FROM whorl.clearing_due');

  it.each(['the next server', 'the same call once more'])(
    'has erased a visitor also where clearing failed, says so, and leaves its bytes to %s',
    async (who) => {
      const visitorId = 'goneAAAAAAAAAAAAAAAA';
      await store.record([sampleRecord({ visitorId })]);
      vi.spyOn(PostgresDatabase.prototype, 'maintain').mockRejectedValueOnce(new Error('terminating connection'));
      const warned = once(process, 'warning');
      expect(await store.eraseVisitor(WORKSPACE, visitorId)).toBe(true);
      expect(String(await warned)).toContain('terminating connection');
      expect(await asking.one('SELECT count(*) AS rows FROM whorl.events')).toEqual({ rows: 0 });
      expect((await allFiles(asking)).includes(visitorId)).toBe(true);
      await store.close();
      store = await openPostgresStore(url);
      if (who === 'the next server') await store.finishErasures();
      else expect(await store.eraseVisitor(WORKSPACE, visitorId)).toBe(false);
      expect((await allFiles(asking)).includes(visitorId)).toBe(false);
      expect(await due()).toEqual([]);
    },
  );

  it.each([
    ['hold the tables', (work: (queries: Queries) => Promise<void>) => asking.write(work)],
    ['may still see its rows', (work: (queries: Queries) => Promise<void>) => asking.snapshot(work)],
  ])('keeps nobody waiting for others that %s, and clears when they have let go', async (_, reading) => {
    const visitorId = 'goneAAAAAAAAAAAAAAAA';
    await store.record([sampleRecord({ visitorId })]);
    await reading(async (queries) => {
      for (const table of ['visitors', 'events', 'links']) await queries.one(`SELECT count(*) FROM whorl.${table}`);
      // Until then it is not told from a visit that is recorded.
      await pause(1_100);
      let erasing = true;
      const erased = store.eraseVisitor(WORKSPACE, visitorId).finally(() => {
        erasing = false;
      });
      let slowest = 0;
      while (erasing) {
        const begun = performance.now();
        await store.record([sampleRecord()]);
        slowest = Math.max(slowest, performance.now() - begun);
      }
      expect(await erased).toBe(true);
      // With a second's patience for each table it was three.
      expect(slowest).toBeLessThan(1_500);
      expect(await due()).toContainEqual({ name: 'whorl.visitors' });
    });
    await store.finishErasures();
    expect((await allFiles(asking)).includes(visitorId)).toBe(false);
    expect(await due()).toEqual([]);
  });
});
