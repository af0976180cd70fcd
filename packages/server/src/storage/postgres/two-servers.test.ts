import { randomBytes } from 'node:crypto';
import type { OpenAnswer, V3Event } from '@whorl/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKey } from '../../keys/api-key.ts';
import { chromiumSources, chromiumUserAgent, machineSources } from '../../testing/chromium-sources.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { usePostgres } from './testing/use-postgres.ts';

const postgres = usePostgres();

describe('two servers on one PostgreSQL database', () => {
  let servers: TestServer[] = [];
  let address = '';

  beforeAll(async () => {
    const { url } = await postgres.empty();
    address = url;
    // Both at once, on a database that neither knows: each does what the first start does.
    servers = await Promise.all([1, 2].map(() => startTestServer({ databaseUrl: url })));
  }, 60_000);

  afterAll(async () => {
    await Promise.all(servers.map((server) => server.close()));
  });

  const [one, two] = [() => serverAt(0), () => serverAt(1)];
  const serverAt = (at: number): TestServer => {
    const server = servers[at];
    if (server === undefined) throw new Error(`server ${at} has not started`);
    return server;
  };

  const post = (server: TestServer, path: string, payload?: string, ip = '198.51.100.1') =>
    server.app.inject({
      method: 'POST',
      url: `/ingest/v1/${server.publicKey}${path}`,
      headers: {
        'content-type': 'text/plain;charset=UTF-8',
        'user-agent': chromiumUserAgent,
        'x-forwarded-for': ip,
      },
      ...(payload === undefined ? {} : { payload }),
    });

  /** A visit of the browser that has this canvas. */
  const visit = (server: TestServer, geometry: string, nonceOf = server): Promise<OpenAnswer> =>
    show(server, chromiumSources({ canvas: { winding: true, geometry, text: geometry } }), { nonceOf });

  const show = async (
    server: TestServer,
    sources: ReturnType<typeof chromiumSources>,
    { nonceOf = server, ip }: { nonceOf?: TestServer; ip?: string } = {},
  ): Promise<OpenAnswer> => {
    const { nonce } = (await post(nonceOf, '/start')).json<{ nonce: string }>();
    const answer = await post(
      server,
      '',
      JSON.stringify({
        version: 1,
        nonce,
        url: 'https://shop.example/',
        sdk: { platform: 'js', version: '0.1.0' },
        timing: { start: 1, end: 2 + Math.random() },
        sources,
      }),
      ip,
    );
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<OpenAnswer>();
  };

  const read = (server: TestServer, requestId: string, key = server.secretKey) =>
    server.app.inject({ method: 'GET', url: `/events/${requestId}`, headers: { 'auth-api-key': key } });

  it('have one first workspace, environment and set of secrets', () => {
    expect(two().first).toEqual(one().first);
    expect(one().store.kind).toBe('postgres');
  });

  it('give one new browser, sent to both at once, one visitor id', async () => {
    for (let round = 0; round < 10; round++) {
      const geometry = randomBytes(16).toString('hex');
      const sources = chromiumSources({ canvas: { winding: true, geometry, text: geometry } });
      // Each at home: a server that has not read yet what the other counted takes neighbours of one make for one more easily.
      const ip = `198.51.100.${100 + round}`;
      const answers = await Promise.all(
        Array.from({ length: 6 }, (_, at) => show(at % 2 === 0 ? one() : two(), sources, { ip })),
      );
      const ids = new Set(
        await Promise.all(
          answers.map(async ({ requestId }) => {
            const event = (await read(two(), requestId)).json<V3Event>();
            return event.products.identification?.data?.visitorId;
          }),
        ),
      );
      expect(ids.size).toBe(1);
      expect([...ids][0]).toMatch(/^[a-zA-Z0-9]{20}$/);
    }
  }, 60_000);

  it('keep neighbours apart, and a third that has just started recognises each of them elsewhere', async () => {
    const known = await Promise.all(
      [1, 2, 3, 4].map((n) => show(n % 2 === 0 ? one() : two(), machineSources(`machine ${n}`), { ip: '192.0.2.1' })),
    );
    expect(new Set(known.map(({ visitorId }) => visitorId)).size).toBe(4);
    await Promise.all(servers.map((server) => server.flushCounts()));
    const third = await startTestServer({ databaseUrl: address });
    try {
      for (const [at, { visitorId }] of known.entries()) {
        const elsewhere = { ip: '203.0.113.8' };
        expect((await show(third, machineSources(`machine ${at + 1}`), elsewhere)).visitorId).toBe(visitorId);
      }
    } finally {
      await third.close();
    }
  });

  it("take each other's nonces, and show each other's events", async () => {
    const { requestId } = await visit(two(), randomBytes(16).toString('hex'), one());
    const [here, there] = await Promise.all([read(one(), requestId), read(two(), requestId)]);
    expect(here.statusCode).toBe(200);
    expect(there.json()).toEqual(here.json());
    expect(here.json<V3Event>().products.identification?.data?.replayed).toBe(false);
  });

  it('accept a key that was made on the other at once, and refuse it once it is revoked there', async () => {
    const { requestId } = await visit(one(), randomBytes(16).toString('hex'));
    const owner = { kind: 'secret', workspaceId: one().first.workspace.id, environmentId: null, name: 'new' } as const;
    const { text, stored } = makeKey(owner, Date.now());
    expect((await read(two(), requestId, text)).statusCode).toBe(403);
    await one().store.addKey(stored);
    expect((await read(two(), requestId, text)).statusCode).toBe(200);
    await two().store.revokeKey(stored.key.id, Date.now());
    expect((await read(one(), requestId, text)).statusCode).toBe(403);
  });

  it('see at once what the other has changed and erased', async () => {
    const { requestId } = await visit(one(), randomBytes(16).toString('hex'));
    const headers = { 'auth-api-key': one().secretKey };
    const changed = await two().app.inject({
      method: 'PUT',
      url: `/events/${requestId}`,
      headers,
      payload: { linkedId: 'customer' },
    });
    expect(changed.statusCode).toBe(200);
    const event = (await read(one(), requestId)).json<V3Event>();
    expect(event.products.identification?.data?.linkedId).toBe('customer');
    const visitorId = event.products.identification?.data?.visitorId ?? '';
    const erased = await two().app.inject({ method: 'DELETE', url: `/visitors/${visitorId}`, headers });
    expect(erased.statusCode).toBe(200);
    expect((await read(one(), requestId)).statusCode).toBe(404);
  });
});
