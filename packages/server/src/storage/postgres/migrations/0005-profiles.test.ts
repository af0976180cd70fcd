import { firstProfile } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { LEARNT_ANEW } from '../../learnt-anew.ts';
import { NOON, sampleRecord, WORKSPACE } from '../../testing/sample-event.ts';
import { samplePortrait, teaching } from '../../testing/sample-portrait.ts';
import { migrate } from '../migrate.ts';
import { openPostgresStore } from '../open-postgres-store.ts';
import { PostgresDatabase } from '../postgres-database.ts';
import { usePostgres } from '../testing/use-postgres.ts';
import { profiles } from './0005-profiles.ts';
import { migrations } from './registry.ts';

const postgres = usePostgres();
const KEY = 0xaa;
const asked = { workspaceId: WORKSPACE, keys: [KEY], nonce: '', bodyHash: '', sightingKey: null };

/** Writes a visitor as servers before did. */
const writeAsBefore = async (database: PostgresDatabase, visitor: string, time: number): Promise<void> => {
  const place = [visitor, WORKSPACE, time] as const;
  await database.run(
    `INSERT INTO whorl.visitors (visitor, workspace, features, first_seen, first_seen_server, last_seen)
     VALUES ($1, $2, '{}', $3, $3, $3) ON CONFLICT DO NOTHING`,
    ...place,
  );
  await database.run(
    `UPDATE whorl.visitors SET features = '{"os":"Linux"}', keys = ARRAY['old'], last_seen = $3, trusted_at = $3
     WHERE visitor = $1 AND workspace = $2`,
    ...place,
  );
  await database.run(
    `INSERT INTO whorl.identity_keys (key, workspace, last_seen, visitor, features, first_seen, first_seen_server)
     VALUES ('old', $2, $3, $1, '{}', $3, $3)`,
    ...place,
  );
};

describe('0005-profiles', () => {
  it('knows visitors of before by their ids, and erases what servers of before go on writing', async () => {
    const { url } = await postgres.empty();
    const before = new PostgresDatabase(url);
    await migrate(before, migrations.slice(0, migrations.indexOf(profiles)));
    const [one, two] = ['visitorAAAAAAAAAAAA1', 'visitorAAAAAAAAAAAA2'];
    await writeAsBefore(before, one, NOON);
    const store = await openPostgresStore(url);
    const notes: string[] = [];
    await store.migrate((sentence) => notes.push(sentence));
    await store.migrate((sentence) => notes.push(sentence));
    expect(notes).toEqual([LEARNT_ANEW]);
    expect(await before.all('SELECT * FROM whorl.identity_keys')).toEqual([]);
    // On connections from before.
    await writeAsBefore(before, two, NOON + 1);

    const [answer] = await store.recall([{ ...asked, visitorIds: [one, two] }]);
    expect(answer).toMatchObject({
      found: [],
      visitors: [one, two].map((visitorId) => ({ visitorId, profile: null })),
    });
    const portrait = samplePortrait({}, NOON + 9);
    await store.record(
      [one, two].map((visitorId) => sampleRecord({ visitorId, time: NOON + 9 }, teaching({ portrait, keys: [KEY] }))),
    );
    const seen = { profile: firstProfile(portrait), foundBy: 1 };
    expect(await store.recall([{ ...asked, visitorIds: [] }])).toMatchObject([
      { found: [two, one].map((visitorId) => ({ visitorId, ...seen })) },
    ]);

    await writeAsBefore(before, one, NOON + 20);
    expect(await store.visitor(WORKSPACE, one)).toMatchObject({
      profile: seen.profile,
      lastSeen: { workspace: NOON + 20 },
    });
    for (const visitor of [one, two]) expect(await store.eraseVisitor(WORKSPACE, visitor)).toBe(true);
    for (const table of ['visitors', 'blocking_keys', 'identity_keys']) {
      expect([table, await before.all(`SELECT * FROM whorl.${table}`)]).toEqual([table, []]);
    }
    await store.close();
    await before.close();
  });
});
