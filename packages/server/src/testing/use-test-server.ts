import type { OpenAnswer, V3Event } from '@whorl/contract';
import { afterAll, beforeAll, expect } from 'vitest';
import { chromiumSources, chromiumUserAgent } from './chromium-sources.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** What an observation changes of that of a plain visit. */
export type Sent = {
  change?: Record<string, unknown>;
  headers?: Record<string, string>;
  key?: string;
  ip?: string;
};

/** A server for the tests of a file, and visits to it as the agent makes them. */
export const useTestServer = (options: Parameters<typeof startTestServer>[0] = {}) => {
  let running: TestServer | undefined;
  beforeAll(async () => {
    running = await startTestServer(options);
  });
  afterAll(() => running?.close());

  const server = (): TestServer => {
    if (running === undefined) throw new Error('the server has not started');
    return running;
  };

  const start = async (key = server().publicKey, headers: Record<string, string> = {}): Promise<string> => {
    const answer = await server().app.inject({ method: 'POST', url: `/ingest/v1/${key}/start`, headers });
    return answer.json<{ nonce: string }>().nonce;
  };

  const send = async ({ change = {}, headers = {}, key = server().publicKey, ip = '198.51.100.1' }: Sent = {}) =>
    server().app.inject({
      method: 'POST',
      url: `/ingest/v1/${key}`,
      headers: {
        'content-type': 'text/plain;charset=UTF-8',
        'user-agent': chromiumUserAgent,
        'x-forwarded-for': ip,
        ...headers,
      },
      payload: JSON.stringify({
        version: 1,
        nonce: change.nonce ?? (await start(key, headers)),
        url: 'https://shop.example/login?a={b',
        sdk: { platform: 'js', version: '0.1.0' },
        timing: { start: 1, end: Math.random() },
        sources: chromiumSources(),
        ...change,
      }),
    });

  const visit = async (sent: Sent = {}): Promise<OpenAnswer> => {
    const answer = await send(sent);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json();
  };

  const read = (requestId: string, headers: Record<string, string> = { 'auth-api-key': server().secretKey }) =>
    server().app.inject({ method: 'GET', url: `/events/${requestId}?ii=some-sdk/1.0`, headers });

  const eventOf = async (requestId: string): Promise<V3Event> => (await read(requestId)).json();

  return { server, start, send, visit, read, eventOf };
};
