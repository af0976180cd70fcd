import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Event, OpenAnswer } from '@whorl/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumSources, chromiumUserAgent } from '../../testing/chromium-sources.ts';
import { selfSigned } from '../../testing/self-signed.ts';
import { startTestServer, type TestServer } from '../../testing/test-server.ts';
import { TlsServer } from '../../tls/tls-server.ts';
import { readConnection } from './connection-facts.ts';

const folder = mkdtempSync(join(tmpdir(), 'whorl-tls-'));
const paths = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
const CHROMIUM = 't13d1517h2_8daaf6152771_cb7bf5808d99';

let server: TestServer;
beforeAll(async () => {
  const { cert, key } = selfSigned();
  writeFileSync(paths.cert, cert);
  writeFileSync(paths.key, key);
  const tls = await TlsServer.open(paths);
  server = await startTestServer({
    trustedProxies: ['127.0.0.0/8'],
    serverFactory: tls.factory,
    connection: readConnection({
      trustedProxies: ['127.0.0.0/8'],
      ja4Header: 'x-ja4',
      tcpOsHeader: 'x-tcp-os',
      helloOf: (socket) => tls.hellos.helloOf(socket),
    }),
  });
  await server.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true });
});

const fetchMetadata = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };

/** Posts over TLS as a program does that speaks for Chromium. */
const post = async (path: string, body: string, headers: Record<string, string>): Promise<Record<string, unknown>> => {
  const { port } = server.app.server.address() as AddressInfo;
  const asked = request({
    port,
    host: '127.0.0.1',
    path: `/ingest/v1/${server.publicKey}${path}`,
    method: 'POST',
    rejectUnauthorized: false,
    headers: {
      'user-agent': chromiumUserAgent,
      'content-type': 'text/plain;charset=UTF-8',
      'accept-language': 'de-DE,de;q=0.9',
      origin: 'https://shop.example',
      ...headers,
    },
  }).end(body);
  const [response] = await once(asked, 'response');
  let text = '';
  for await (const chunk of response) text += String(chunk);
  return JSON.parse(text);
};

const visit = async (headers: Record<string, string> = {}): Promise<Event> => {
  const { nonce } = await post('/start', '', headers);
  const answer = (await post(
    '',
    JSON.stringify({
      version: 1,
      nonce,
      url: 'https://shop.example/login',
      sdk: { platform: 'js', version: '0.1.0' },
      timing: { start: 1, end: Math.random() },
      sources: chromiumSources({ automation: { webdriver: false, globals: [], navigatorOwn: [], patched: [] } }),
    }),
    headers,
  )) as OpenAnswer;
  const event = await server.store.event({ workspaceId: server.first.workspace.id }, answer.requestId);
  if (event === undefined) throw new Error(`no event: ${JSON.stringify(answer)}`);
  return event;
};

describe('a visit over TLS', () => {
  it('keeps the hello with the event, and tells a program from the browser that it speaks for', async () => {
    const event = await visit();
    expect(event.tls).toEqual({ ja4: expect.stringMatching(/^t13i\d{4}/), source: 'hello', grease: false });
    expect(event.signals.botd.data).toMatchObject({ result: 'bad', type: 'http_client' });
    expect(event.signals.tampering.evidence).toContainEqual(expect.objectContaining({ from: 'tls', weight: 0.4 }));
  });

  it('takes a hello alone, as a company’s proxy makes it, for no bot and no tampering', async () => {
    const event = await visit(fetchMetadata);
    expect(event.signals.botd.data.result).toBe('notDetected');
    expect(event.signals.tampering.state).toBe('clear');
  });

  it('takes the word of a trusted proxy for the visitor’s hello and system', async () => {
    const told = { ...fetchMetadata, 'x-forwarded-for': '198.51.100.1', 'x-ja4': CHROMIUM };
    const event = await visit({ ...told, 'x-tcp-os': 'Windows NT kernel' });
    expect(event.tls).toEqual({ ja4: CHROMIUM, source: 'proxy' });
    expect(event.signals.vpn).toMatchObject({ state: 'detected', data: { methods: { osMismatch: true } } });
    expect(event.signals.botd.data.result).toBe('notDetected');
    expect((await visit({ ...told, 'x-tcp-os': 'Linux' })).signals.vpn.data.methods.osMismatch).toBe(false);
  });

  it('knows no hello behind a proxy that tells none', async () => {
    const event = await visit({ ...fetchMetadata, 'x-forwarded-for': '198.51.100.1' });
    expect(event).not.toHaveProperty('tls');
  });
});
