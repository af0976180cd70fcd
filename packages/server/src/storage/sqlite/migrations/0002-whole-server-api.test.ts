import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceDefaults } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { packEvent } from '../../event-body.ts';
import { packAddress } from '../../pack-address.ts';
import { bucketOf, tailOf } from '../../request-id.ts';
import { ENVIRONMENT, NOON, sampleEvent, sampleSignals, WORKSPACE } from '../../testing/sample-event.ts';
import { migrate } from '../migrate.ts';
import { DATABASE_FILE, openSqliteStore } from '../open-sqlite-store.ts';
import { SqliteDatabase } from '../sqlite-database.ts';
import { firstSchema } from './0001-first-schema.ts';
import { migrations } from './registry.ts';

const VISITOR = 'visitorAAAAAAAAAAAA1';
const { botd, rareDevice, proximity, vpn } = sampleSignals('203.0.113.7');

const event = sampleEvent({
  visitorId: VISITOR,
  linkedId: 'a\0b',
  url: 'https://shop.example/before',
  origin: 'https://before.example',
  sdk: { platform: 'js', version: '1\0' },
  runnersUp: [{ visitorId: 'visitorAAAAAAAAAAAA2', score: 0.5 }],
  signals: {
    botd: { ...botd, state: 'unknown', data: { result: 'notDetected' } },
    vpn: { ...vpn, state: 'unknown' },
    rareDevice: { ...rareDevice, state: 'clear', data: { percentileBucket: '<p95' } },
    proximity: { ...proximity, data: { id: 'near', precisionRadius: 25 } },
  },
});

/** A database as the first version left it, with rows in every table that changes. */
const writeFirstVersion = (path: string): void => {
  const database = new SqliteDatabase(path, 1_000);
  migrate(database, [firstSchema]);
  database.run("INSERT INTO workspaces VALUES (?, 'shop', 5)", WORKSPACE);
  database.run("INSERT INTO environments VALUES (?, ?, 'production', '[]', 6)", ENVIRONMENT, WORKSPACE);
  database.run(
    "INSERT INTO api_keys VALUES ('key_1', 'hash', 'secret', ?, NULL, 'backend', 'AbC', 7, NULL)",
    WORKSPACE,
  );
  const { row } = database.run(
    `INSERT INTO events (bucket, time, tail, workspace, environment, visitor, linked_id, ip, country, asn, detected, clear,
       bot, vpn_confidence, suspect, suspect_score, sdk_platform, sdk_version, visitor_seq, ip_seq)
     VALUES (?, ?, ?, ?, ?, ?, 'a\\u0000b', ?, 'CZ', '7922', 0, 0, NULL, NULL, NULL, NULL, 'js', '1', 1, 1)`,
    bucketOf(event.id),
    event.time,
    tailOf(event.id),
    WORKSPACE,
    ENVIRONMENT,
    VISITOR,
    packAddress(event.ip),
  );
  database.run('INSERT INTO bodies (row, body) VALUES (?, ?)', row, packEvent(event));
  database.run("INSERT INTO visitors VALUES (?, ?, '{}', '[]', ?, ?, ?, NULL)", VISITOR, WORKSPACE, NOON, NOON, NOON);
  database.run("INSERT INTO sightings VALUES ('seen', ?, ?)", NOON, NOON);
  database.close();
};

describe('0002-whole-server-api', () => {
  it('goes on with a database of the first version', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'whorl-upgrade-'));
    writeFirstVersion(join(directory, DATABASE_FILE));
    const store = await openSqliteStore(directory);
    expect(await store.migrate()).toEqual(migrations.slice(1).map(({ name }) => name));

    const workspace = { ...workspaceDefaults, id: WORKSPACE, name: 'shop', createdAt: 5, region: 'us' };
    expect(await store.workspaces()).toEqual([workspace]);
    expect(await store.environments(WORKSPACE)).toMatchObject([{ id: ENVIRONMENT, sealingKey: null, createdAt: 6 }]);
    expect(await store.keyByHash('hash')).toMatchObject({ key: { id: 'key_1', kind: 'secret' }, workspace });

    const page = {
      workspaceId: WORKSPACE,
      after: 0,
      before: NOON * 2,
      order: 'newest-first',
      from: null,
      limit: 9,
    } as const;
    for (const filter of [
      { linkedId: 'a\0b' },
      { url: 'https://shop.example/before' },
      { origin: 'https://before.example' },
      { bot: ['notDetected' as const] },
      { hasBotInfo: false },
      { vpnConfidence: 'medium' as const },
      { minSuspectScore: 6 },
      { rareDeviceBucket: '<p95' },
      { proximityId: 'near' },
      { proximityPrecisionRadius: 25 },
      { sdkVersion: '1\0' },
    ]) {
      expect({ filter, events: (await store.searchEvents({ ...page, filter })).events }).toEqual({
        filter,
        events: [event],
      });
    }

    expect(await store.eraseVisitor(WORKSPACE, 'visitorAAAAAAAAAAAA2')).toBe(false);
    expect((await store.event({ workspaceId: WORKSPACE }, event.id))?.identity.explanation.runnersUp).toEqual([]);
    expect(await store.eraseVisitor(WORKSPACE, VISITOR)).toBe(true);
    const asked = { workspaceId: WORKSPACE, visitorIds: [], keys: [], nonce: '', bodyHash: '', sightingKey: 'seen' };
    expect(await store.recall([asked])).toMatchObject([{ sighting: null }]);
    await store.close();
    await rm(directory, { recursive: true });
  });

  it('keeps a name that was given several times for the oldest, and puts ids behind those of the others', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'whorl-upgrade-'));
    const database = new SqliteDatabase(join(directory, DATABASE_FILE), 1_000);
    migrate(database, [firstSchema]);
    const long = 'x'.repeat(100);
    const named = [
      ['ws_00000000000000c3', 'shop', 3],
      ['ws_00000000000000b2', 'shop', 2],
      ['ws_00000000000000a1', 'shop', 3],
      ['ws_00000000000000d4', long, 4],
      ['ws_00000000000000e5', long, 5],
    ] as const;
    for (const row of named) {
      database.run('INSERT INTO workspaces VALUES (?, ?, ?)', ...row);
      const staging = row[0].replace('ws_', 'ae_');
      database.run("INSERT INTO environments VALUES (?, ?, 'staging', '[]', 6)", staging, row[0]);
    }
    database.run("INSERT INTO environments VALUES ('ae_later', 'ws_00000000000000b2', 'staging', '[]', 7)");
    database.close();
    const store = await openSqliteStore(directory);
    await store.migrate();
    expect((await store.workspaces()).map(({ name }) => name)).toEqual([
      'shop',
      'shop ws_00000000000000a1',
      'shop ws_00000000000000c3',
      long,
      `${'x'.repeat(80)} ws_00000000000000e5`,
    ]);
    const names = async (id: string) => (await store.environments(id)).map(({ name }) => name);
    expect(await names('ws_00000000000000b2')).toEqual(['staging', 'staging ae_later']);
    expect(await names('ws_00000000000000a1')).toEqual(['staging']);
    await store.close();
    await rm(directory, { recursive: true });
  });
});
