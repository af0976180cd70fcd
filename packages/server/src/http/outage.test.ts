import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startPostgres, type TestDatabase } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASE_FILE, openSqliteStore } from '../storage/sqlite/open-sqlite-store.ts';
import { SqliteDatabase } from '../storage/sqlite/sqlite-database.ts';
import { StoreError, type StoreProblem } from '../storage/store-error.ts';
import { type DocumentedOperation, documentedOperations } from '../testing/documented-operations.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { useTestServer } from '../testing/use-test-server.ts';
import { outageOf } from './outage.ts';

type Server = Pick<TestServer, 'app' | 'secretKey' | 'managementKey'>;

const ID = '1700000000000.abcdef';

const keyHeaders = (api: DocumentedOperation['api'], { secretKey, managementKey }: Server) =>
  api === 'v3'
    ? { 'auth-api-key': secretKey }
    : { authorization: `Bearer ${api === 'v4' ? secretKey : managementKey}` };

/** Sends the request that the document shows. */
const ask = ({ api, method, path, example }: DocumentedOperation, server: Server, id = ID) =>
  server.app.inject({
    method,
    url: path.replace(/\{(?:request|event)_id\}/, id).replaceAll(/\{\w+\}/g, 'aaaaaaaaaaaaaaaaaaaa'),
    headers: {
      ...keyHeaders(api, server),
      ...(example === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(example === undefined ? {} : { payload: JSON.stringify(example) }),
  });

type Answer = Awaited<ReturnType<typeof ask>>;

const expectOutage = (answer: Answer, seconds: number) => {
  expect(answer.statusCode, answer.body).toBe(503);
  expect(answer.headers['retry-after']).toBe(String(seconds));
};

describe('what a failure of the store is told as', () => {
  const error = (problem: StoreProblem) =>
    new StoreError({ problem, setting: 'WHORL_DATA_DIR', what: 'It fails', mend: 'Mend it.' });

  it('is an outage where it passes, with the seconds to wait', () => {
    const passing: StoreProblem[] = ['locked', 'unavailable', 'disk-full', 'not-writable'];
    for (const problem of passing) expect(outageOf(error(problem)), problem).toBeGreaterThan(0);
  });

  it('is a failure where no waiting helps', () => {
    const lasting: StoreProblem[] = ['corrupt', 'not-ours', 'newer', 'unsupported'];
    for (const problem of lasting) expect(outageOf(error(problem)), problem).toBeUndefined();
    expect(outageOf(new Error('a bug'))).toBeUndefined();
  });
});

describe('while PostgreSQL is gone', () => {
  let database: TestDatabase;
  let server: TestServer;

  beforeAll(async () => {
    const postgres = await startPostgres();
    database = await postgres.createDatabase();
    server = await startTestServer({ databaseUrl: database.url });
    const search = documentedOperations.find(({ api, path }) => api === 'v4' && path === '/v4/events');
    if (search === undefined) throw new Error('there is no search');
    // The connections are there and have served.
    expect((await ask(search, server)).statusCode).toBe(200);
    // A server that was lent to the tests is not stopped; its database is gone all the same.
    await database.drop();
    await postgres.stop();
    // Each of the refusals to come would be told at length.
    server.app.log.level = 'silent';
  }, 120_000);
  afterAll(() => server.close());

  it.each(documentedOperations.map((operation) => [`${operation.api} ${operation.operationId}`, operation] as const))(
    '%s answers 503 as its document shows',
    async (_, operation) => {
      const answer = await ask(operation, server);
      expectOutage(answer, 3);
      const shown = operation.errors.get(503)?.map(({ value }) => value);
      expect(shown).toEqual([answer.json()]);
      expect(answer.body).not.toContain(new URL(database.url).password);
    },
  );

  it('an address that cannot be read is answered so, too: its key cannot be looked up', async () => {
    for (const url of ['/events/%zz', '/visitors/%zz', '/v4/events/%zz', '/v4/visitors/%zz']) {
      const headers = { 'auth-api-key': server.secretKey, authorization: `Bearer ${server.secretKey}` };
      expectOutage(await server.app.inject({ url, headers }), 3);
    }
  });

  it('the agent is told when to come back, in a form that pages can read', async () => {
    const origin = 'https://shop.example';
    for (const path of ['/start', '', '/supplement']) {
      const url = `/ingest/v1/${server.publicKey}${path}`;
      const answer = await server.app.inject({ method: 'POST', url, headers: { origin }, payload: '{}' });
      expectOutage(answer, 3);
      expect(answer.headers['access-control-allow-origin']).toBe(origin);
      expect(answer.headers['access-control-expose-headers']).toBe('Retry-After');
      expect(answer.json().error).toEqual({
        code: 'ServiceUnavailable',
        message: 'service unavailable; the observation may not have been recorded',
      });
    }
    const { body } = await server.app.inject({ url: '/metrics' });
    expect(body).toContain('outcome="ServiceUnavailable"');
  });

  it('so are those who ask for the script, or for nothing that needs the database for long', async () => {
    const answer = await server.app.inject({ url: `/v3/${server.publicKey}` });
    expectOutage(answer, 3);
    expect(answer.json()).toEqual({ error: { code: 'ServiceUnavailable', message: 'service unavailable' } });
    expect((await server.app.inject({ url: '/livez' })).statusCode).toBe(200);
    expect((await server.app.inject({ url: '/readyz' })).statusCode).toBe(503);
  });
});

describe('while another program keeps the SQLite file locked', () => {
  let file = '';
  const { server, send, visit, read } = useTestServer({
    open: (dataDir) => {
      file = join(dataDir, DATABASE_FILE);
      return openSqliteStore(dataDir, { patience: 50 });
    },
  });

  it('writing answers 503, reading goes on, and all is well when the lock is gone', async () => {
    const { requestId } = await visit();
    const writing = documentedOperations.filter(({ operationId }) =>
      ['updateEvent', 'deleteVisitorData', 'judgeRequest', 'createWorkspace'].includes(operationId),
    );
    expect(writing).toHaveLength(6);
    server().app.log.level = 'silent';
    const other = new SqliteDatabase(file, 0);
    other.exec('BEGIN IMMEDIATE');
    try {
      for (const operation of writing) expectOutage(await ask(operation, server(), requestId), 1);
      expectOutage(await send(), 1);
      expect((await read(requestId)).statusCode).toBe(200);
    } finally {
      other.exec('ROLLBACK');
      other.abandon();
    }
    for (const operation of writing) {
      const answer = await ask(operation, server(), requestId);
      expect([200, 201, 404], answer.body).toContain(answer.statusCode);
    }
    expect((await send()).statusCode).toBe(200);
  });
});

describe('while another program keeps the SQLite file locked from a server as it is started', () => {
  let file = '';
  const { server, send, visit, read } = useTestServer({
    open: (dataDir) => {
      file = join(dataDir, DATABASE_FILE);
      return openSqliteStore(dataDir);
    },
  });

  const whileLocked = async (work: () => Promise<void>) => {
    server().app.log.level = 'silent';
    const other = new SqliteDatabase(file, 0);
    other.exec('BEGIN IMMEDIATE');
    try {
      await work();
    } finally {
      other.exec('ROLLBACK');
      other.abandon();
    }
  };

  /** What each of the writing parts of the server is asked, many at a time. */
  const write = (requestId: string) => {
    const update = documentedOperations.find(({ api, operationId }) => api === 'v4' && operationId === 'updateEvent');
    const judge = documentedOperations.find(({ operationId }) => operationId === 'judgeRequest');
    if (update === undefined || judge === undefined) throw new Error('nothing writes');
    const updates = Array.from({ length: 20 }, () => ask(update, server(), requestId));
    return Promise.all([send(), ask(judge, server()), ...updates]);
  };

  /** Asks what needs no lock, again and again for so many milliseconds; the slowest answer's. */
  const slowestAnswer = async (requestId: string, milliseconds: number): Promise<number> => {
    let slowest = 0;
    for (const end = performance.now() + milliseconds; performance.now() < end; await wait(20)) {
      const asked = performance.now();
      expect((await server().app.inject({ url: '/livez' })).statusCode).toBe(200);
      expect((await read(requestId)).statusCode).toBe(200);
      slowest = Math.max(slowest, performance.now() - asked);
    }
    return slowest;
  };

  it('others are served at once, and who writes waits for the end of the lock', async () => {
    const { requestId } = await visit();
    let writing: ReturnType<typeof write> | undefined;
    await whileLocked(async () => {
      writing = write(requestId);
      expect(await slowestAnswer(requestId, 1_500)).toBeLessThan(1_000);
    });
    for (const { statusCode, body } of (await writing) ?? []) expect(statusCode, body).toBe(200);
    expect(await writing).toHaveLength(22);
  }, 30_000);

  it('who writes is told after five seconds that it could not be done', async () => {
    const { requestId } = await visit();
    await whileLocked(async () => {
      const asked = performance.now();
      const writing = write(requestId);
      expect(await slowestAnswer(requestId, 4_000)).toBeLessThan(1_000);
      for (const answer of await writing) expectOutage(answer, 1);
      expect(performance.now() - asked).toBeGreaterThan(4_900);
      expect(performance.now() - asked).toBeLessThan(9_000);
    });
    for (const { statusCode } of await write(requestId)) expect(statusCode).toBe(200);
  }, 30_000);
});
