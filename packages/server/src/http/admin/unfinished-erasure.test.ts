import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setImmediate as letOthersWork } from 'node:timers/promises';
import fastify from 'fastify';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { DATABASE_FILE, openSqliteStore } from '../../storage/sqlite/open-sqlite-store.ts';
import { SqliteDatabase } from '../../storage/sqlite/sqlite-database.ts';
import { sampleEdgeEvent } from '../../storage/testing/sample-edge-event.ts';
import { NOON, sampleRecord } from '../../storage/testing/sample-event.ts';
import { loggerOptions } from '../../telemetry/logger-options.ts';
import { useTestServer } from '../../testing/use-test-server.ts';
import { RateLimits } from '../server-api/rate-limits.ts';
import { adminRoutes } from './admin-routes.ts';
import { edgeEventRoutes } from './edge-event-routes.ts';

/** Erasing goes in steps, each of which is done for good, and another program may take the file between two of them. */

let file = '';
const { server } = useTestServer({
  open: (dataDir) => {
    file = join(dataDir, DATABASE_FILE);
    return openSqliteStore(dataDir, { patience: 50 });
  },
});

/** Waits until some rows of a table are gone, takes the lock, and keeps it until the work has its answer. */
const lockedBetweenSteps = async <T>(table: string, work: () => Promise<T>): Promise<{ answer: T; left: number }> => {
  const other = new SqliteDatabase(file, 0);
  const rows = () => other.one<{ rows: number }>(`SELECT count(*) AS rows FROM ${table}`)?.rows ?? 0;
  const before = rows();
  const answer = work();
  while (rows() === before) await letOthersWork();
  other.exec('BEGIN IMMEDIATE');
  try {
    return { answer: await answer, left: rows() };
  } finally {
    other.exec('ROLLBACK');
    other.abandon();
  }
};

it('of edge events is told of in the log, and finished when it is asked for again', async () => {
  const { store, first } = server();
  const origin = { workspaceId: first.workspace.id, environmentId: null, ip: '203.0.113.9' };
  await store.recordEdge(Array.from({ length: 600 }, (_, at) => sampleEdgeEvent({ ...origin, time: NOON + at })));
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      written.push(String(chunk));
      done();
    },
  });
  const app = fastify({ loggerInstance: pino(loggerOptions('info'), stream) });
  const parts = { store, region: 'us', managementKey: 'managementKey', limiter: new RateLimits() } as const;
  await app.register(adminRoutes(parts, [edgeEventRoutes({ store })]), { prefix: '/admin/v1' });
  const erase = () =>
    app.inject({
      method: 'POST',
      url: `/admin/v1/workspaces/${first.workspace.id}/edge-events/erase`,
      headers: { authorization: 'Bearer managementKey' },
      payload: { ipAddress: origin.ip },
    });

  const { answer, left } = await lockedBetweenSteps('edge_events', () => erase());
  expect(answer.statusCode).toBe(503);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(600);
  const again = await erase();
  expect([again.statusCode, again.json()]).toEqual([200, { erased: left }]);
  await app.close();

  const entry = {
    by: 'server',
    action: 'edge-events.erase',
    workspaceId: first.workspace.id,
    target: 'edge-events',
    fields: ['ipAddress'],
  };
  const entries = written.map((line) => JSON.parse(line) as { audit?: object }).flatMap(({ audit }) => audit ?? []);
  expect(entries).toEqual([{ ...entry, outcome: 'unfinished' }, entry]);
  expect(entries.map((each) => JSON.stringify(each)).join()).not.toContain(origin.ip);
});

it.each([
  ['v3', '/visitors'],
  ['v4', '/v4/visitors'],
])('of a visitor by %s is finished when it is asked for again', async (api, path) => {
  const { store, first, secretKey, app } = server();
  const visitorId = `${api}Visitor00000000000`.slice(0, 20);
  const origin = { workspaceId: first.workspace.id, environmentId: first.environment.id, visitorId };
  await store.record(Array.from({ length: 300 }, (_, at) => sampleRecord({ ...origin, time: NOON + at })));
  const headers = { 'auth-api-key': secretKey, authorization: `Bearer ${secretKey}` };
  const erase = () => app.inject({ method: 'DELETE', url: `${path}/${visitorId}`, headers });
  app.log.level = 'silent';

  const { answer, left } = await lockedBetweenSteps('events', () => erase());
  expect(answer.statusCode).toBe(503);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(300);
  expect((await erase()).statusCode).toBe(200);
  expect((await erase()).statusCode).toBe(404);
});
