import { describe, expect, it } from 'vitest';
import { packAddress } from '../../pack-address.ts';
import { bucketOf, makeRequestId, tailOf } from '../../request-id.ts';
import { asRecord, visit } from '../../testing/counted-visits.ts';
import { ENVIRONMENT, randomText, WORKSPACE } from '../../testing/sample-event.ts';
import { migrate } from '../migrate.ts';
import { openPostgresStore } from '../open-postgres-store.ts';
import { PostgresDatabase } from '../postgres-database.ts';
import { usePostgres } from '../testing/use-postgres.ts';
import { firstSchema } from './0001-first-schema.ts';

const postgres = usePostgres();
const each = (count: number) => ({ minutes5: count, hour: count, day: count });

/** Writes as the version before did, which knew no scopes: the counters of its event are these rows. */
const writeAsBefore = async (database: PostgresDatabase, visitor: string, time: number): Promise<void> => {
  const id = makeRequestId(time, 7, Buffer.from(randomText(8)));
  await database.run(
    `INSERT INTO whorl.events (bucket, time, tail, workspace, environment, visitor, linked_id, ip, country, detected,
       clear, bot, vpn_confidence, suspect_score, sdk_platform, sdk_version, url_hash)
     VALUES ($1, $2, $3, $4, $5, $6, 'customer', $7, 'CZ', 0, 0, 'notDetected', 'low', 0, 'js', '1', 0)`,
    bucketOf(id),
    time,
    tailOf(id),
    WORKSPACE,
    ENVIRONMENT,
    visitor,
    packAddress('203.0.113.7'),
  );
  const day = Math.floor(time / 86_400_000);
  await database.run(
    "INSERT INTO whorl.links (entity, workspace, kind, value, latest, day) VALUES ('customer', $1, 5, $2, $3, $4)",
    WORKSPACE,
    visitor,
    time,
    day,
  );
};

describe('0002-counters-by-scope', () => {
  it('goes on counting with the workspace what was recorded before, or is by a server that knows no scopes', async () => {
    const { url } = await postgres.empty();
    const before = new PostgresDatabase(url);
    await migrate(before, [firstSchema]);
    const now = Date.now();
    await writeAsBefore(before, 'visitorAAAAAAAAAAAA2', now - 3_000);
    const store = await openPostgresStore(url);
    expect(await store.migrate()).toContain('0002-counters-by-scope');
    // On connections from before, and into a partition of after.
    await writeAsBefore(before, 'visitorAAAAAAAAAAAA3', now - 2_000);
    const visits = [{}, { scope: ENVIRONMENT, visitorId: 'visitorAAAAAAAAAAAA4' }];
    await store.record(visits.map((traits) => asRecord(visit({ ...traits, time: now - 1_000 }))));

    const count = async (scope: string) =>
      (await store.activity([visit({ scope, visitorId: 'another', time: now })]))[0];
    expect(await count(WORKSPACE)).toMatchObject({ ipEvents: each(4), linkedIdVisitors: each(4) });
    expect(await count(ENVIRONMENT)).toMatchObject({ ipEvents: each(2), linkedIdVisitors: each(2) });
    await store.close();
    await before.close();
  });
});
