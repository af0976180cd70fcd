import { describe, expect, it } from 'vitest';
import { packEvent } from '../../event-body.ts';
import { packAddress } from '../../pack-address.ts';
import { bucketOf, tailOf } from '../../request-id.ts';
import { sampleEdgeEvent } from '../../testing/sample-edge-event.ts';
import { detected, NOON, sampleSignals, WORKSPACE } from '../../testing/sample-event.ts';
import { migrate } from '../migrate.ts';
import { searchEdgeEvents } from '../search.ts';
import { SqliteDatabase } from '../sqlite-database.ts';
import { otherAddress } from './0006-other-address.ts';
import { migrations } from './registry.ts';

/** Writes as the versions before did, which knew one address of each event. */
const writeAsBefore = (database: SqliteDatabase, event: ReturnType<typeof sampleEdgeEvent>): void => {
  const { row } = database.run(
    `INSERT INTO edge_events (bucket, time, tail, workspace, environment, ip, detected, clear, vpn_confidence, url_hash)
     VALUES (?, ?, ?, ?, NULL, ?, 0, 0, 'low', 1)`,
    bucketOf(event.id),
    event.time,
    tailOf(event.id),
    event.workspaceId,
    packAddress(event.ip),
  );
  database.run('INSERT INTO edge_bodies (row, body) VALUES (?, ?)', row, packEvent(event));
};

describe('0006-other-address', () => {
  it('finds what was recorded before by both of its addresses', () => {
    const database = new SqliteDatabase(':memory:', 0);
    migrate(database, migrations.slice(0, migrations.indexOf(otherAddress)));
    const { v4 } = sampleSignals('203.0.113.9').ipInfo.data;
    const { v4: v6 } = sampleSignals('2001:db8:9::9').ipInfo.data;
    const { signals } = sampleEdgeEvent();
    const both = sampleEdgeEvent({
      ip: '203.0.113.9',
      environmentId: null,
      signals: { ...signals, ipInfo: detected({ ...(v4 && { v4 }), ...(v6 && { v6 }) }) },
    });
    const others = Array.from({ length: 300 }, () => sampleEdgeEvent({ environmentId: null }));
    for (const event of [...others, both]) writeAsBefore(database, event);
    migrate(database);
    const found = (network: string) =>
      searchEdgeEvents(database, {
        workspaceId: WORKSPACE,
        filter: { network },
        after: 0,
        before: NOON + 1,
        order: 'newest-first',
        from: null,
        limit: 10,
      }).events;
    expect(found('2001:db8:9::/48')).toEqual([both]);
    expect(found('203.0.113.9/32')).toEqual([both]);
    database.close();
  });
});
