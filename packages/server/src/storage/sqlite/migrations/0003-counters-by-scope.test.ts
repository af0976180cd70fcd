import { describe, expect, it } from 'vitest';
import { countActivity } from '../../count-activity.ts';
import { packAddress } from '../../pack-address.ts';
import { bucketOf, makeRequestId, tailOf } from '../../request-id.ts';
import { asRecord, visit } from '../../testing/counted-visits.ts';
import { ENVIRONMENT, NOON, randomText, WORKSPACE } from '../../testing/sample-event.ts';
import { migrate, schemaVersion } from '../migrate.ts';
import { record } from '../record.ts';
import { SqliteActivity } from '../sqlite-activity.ts';
import { SqliteDatabase } from '../sqlite-database.ts';
import { firstSchema } from './0001-first-schema.ts';
import { wholeServerApi } from './0002-whole-server-api.ts';
import { migrations } from './registry.ts';

const each = (count: number) => ({ minutes5: count, hour: count, day: count });

/** Writes as the version before did, which knew no scopes: the counters of its event are these rows. */
const writeAsBefore = (database: SqliteDatabase, visitor: string, time: number, place: number): void => {
  const id = makeRequestId(time, 7, Buffer.from(randomText(8)));
  database.run(
    `INSERT INTO events (bucket, time, tail, workspace, environment, visitor, linked_id, ip, country, detected, clear,
       sdk_platform, sdk_version, visitor_seq, ip_seq)
     VALUES (?, ?, ?, ?, ?, ?, 'customer', ?, 'CZ', 0, 0, 'js', '1', 1, ?)`,
    bucketOf(id),
    time,
    tailOf(id),
    WORKSPACE,
    ENVIRONMENT,
    visitor,
    packAddress('203.0.113.7'),
    place,
  );
  const day = Math.floor(time / 86_400_000);
  database.run('INSERT INTO links VALUES (?, ?, ?, 5, ?, ?)', day, 'customer', WORKSPACE, visitor, time);
};

describe('0003-counters-by-scope', () => {
  it('goes on counting with the workspace what was recorded before, or is by a version that knows no scopes', () => {
    const database = new SqliteDatabase(':memory:', 0);
    const asBefore = [firstSchema, wholeServerApi];
    migrate(database, asBefore);
    writeAsBefore(database, 'visitorAAAAAAAAAAAA2', NOON - 2, 1);
    expect(migrate(database)).toEqual(migrations.slice(asBefore.length).map(({ name }) => name));
    expect(schemaVersion(database, asBefore.length)).toBe(migrations.length);
    writeAsBefore(database, 'visitorAAAAAAAAAAAA3', NOON - 1, 2);
    record(database, [visit(), visit({ scope: ENVIRONMENT, visitorId: 'visitorAAAAAAAAAAAA4' })].map(asRecord));

    const count = (scope: string) =>
      countActivity([visit({ scope, visitorId: 'another', time: NOON + 1 })], new SqliteActivity(database))[0];
    expect(count(WORKSPACE)).toMatchObject({ ipEvents: each(4), linkedIdVisitors: each(4) });
    expect(count(ENVIRONMENT)).toMatchObject({ ipEvents: each(2), linkedIdVisitors: each(2) });
    database.close();
  });
});
