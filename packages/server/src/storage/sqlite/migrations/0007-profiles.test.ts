import { firstProfile, nextProfile } from '@whorl/engine';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EventRecord, RecallRequest } from '../../store.ts';
import { NOON, OTHER_WORKSPACE, sampleRecord, WORKSPACE } from '../../testing/sample-event.ts';
import { samplePortrait, teaching } from '../../testing/sample-portrait.ts';
import { migrate } from '../migrate.ts';
import { recall } from '../recall.ts';
import { record } from '../record.ts';
import { SqliteDatabase } from '../sqlite-database.ts';
import { findVisitor } from '../visitors.ts';
import { forgetVisitor } from '../write-visitor.ts';
import { profiles } from './0007-profiles.ts';
import { migrations } from './registry.ts';

const VISITOR = 'visitorAAAAAAAAAAAA1';
const KEY = 0xaa;

/** Writes a visitor as the versions before do. */
const writeAsBefore = (database: SqliteDatabase, time: number, features: object, key: string): void => {
  database.run(
    `INSERT OR REPLACE INTO visitors
       (visitor, workspace, features, keys, sightings, first_seen, first_seen_server, last_seen, trusted_at)
     VALUES (?, ?, ?, ?, '["seen"]', ?, ?, ?, ?)`,
    VISITOR,
    WORKSPACE,
    JSON.stringify(features),
    JSON.stringify([key]),
    NOON,
    NOON - 5,
    time,
    time,
  );
  database.run('DELETE FROM identity_keys WHERE visitor = ?', VISITOR);
  database.run(
    `INSERT INTO identity_keys (key, workspace, last_seen, visitor, features, first_seen, first_seen_server)
     VALUES (?, ?, ?, ?, '{}', ?, ?)`,
    key,
    WORKSPACE,
    time,
    VISITOR,
    NOON,
    NOON,
  );
};

describe('0007-profiles', () => {
  let database: SqliteDatabase;

  beforeEach(() => {
    database = new SqliteDatabase(':memory:', 0);
    migrate(database, migrations.slice(0, migrations.indexOf(profiles)));
    writeAsBefore(database, NOON + 1, { os: 'Linux' }, 'old');
    migrate(database);
  });

  afterEach(() => database.close());

  const asked = (workspaceId = WORKSPACE): RecallRequest => {
    const nothing = { nonce: '', bodyHash: '', sightingKey: null };
    return { workspaceId, visitorIds: [VISITOR], keys: [KEY], ...nothing };
  };
  const visit = (time: number): EventRecord =>
    sampleRecord({ visitorId: VISITOR, time }, teaching({ portrait: samplePortrait({}, time), keys: [KEY] }));
  const rowsOf = (table: string) => database.one<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`)?.rows;

  it('knows visitors of before by their ids, and by what they look like from their next visit on', () => {
    const known = {
      visitorId: VISITOR,
      features: { os: 'Linux' },
      profile: null,
      firstSeen: { workspace: NOON, server: NOON - 5 },
      lastSeen: { workspace: NOON + 1, server: NOON + 1 },
    };
    expect(recall(database, [asked(), asked(OTHER_WORKSPACE)])).toMatchObject([
      { visitors: [known], found: [] },
      { visitors: [], found: [] },
    ]);
    record(database, [visit(NOON + 9)]);
    const profile = firstProfile(samplePortrait({}, NOON + 9));
    expect(recall(database, [asked()])).toMatchObject([
      { visitors: [{ profile, firstSeen: known.firstSeen }], found: [{ visitorId: VISITOR, profile, foundBy: 1 }] },
    ]);
    expect(rowsOf('identity_keys')).toBe(0);
  });

  it('keeps what is known of a visitor while an earlier version goes on, and after it', () => {
    record(database, [visit(NOON + 9)]);
    writeAsBefore(database, NOON + 20, { os: 'BSD' }, 'new');
    writeAsBefore(database, NOON + 30, { os: 'BSD 2' }, 'newer');
    const before = firstProfile(samplePortrait({}, NOON + 9));
    const after = nextProfile(before, samplePortrait({}, NOON + 40));
    expect(findVisitor(database, WORKSPACE, VISITOR)).toMatchObject({
      features: { os: 'BSD 2' },
      profile: before,
      lastSeen: { workspace: NOON + 30 },
    });
    expect(recall(database, [asked()])).toMatchObject([{ found: [{ visitorId: VISITOR }], read: [1] }]);
    record(database, [visit(NOON + 40)]);
    expect(recall(database, [asked()])).toMatchObject([{ found: [{ profile: after }], read: [1] }]);
  });

  it('leaves nothing of a visitor that an earlier version has seen since', () => {
    record(database, [visit(NOON + 9)]);
    writeAsBefore(database, NOON + 20, { os: 'BSD' }, 'new');
    expect(rowsOf('identity_keys')).toBe(1);
    expect(forgetVisitor(database, WORKSPACE, VISITOR)).toBe(true);
    for (const table of ['visitors', 'identity_keys', 'blocking_keys']) {
      expect([table, rowsOf(table)]).toEqual([table, 0]);
    }
  });
});
