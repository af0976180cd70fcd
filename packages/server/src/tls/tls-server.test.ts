import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selfSigned } from '../testing/self-signed.ts';
import { TlsServer } from './tls-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'whorl-tls-'));
const paths = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
const renewFiles = () => {
  const { cert, key } = selfSigned();
  writeFileSync(paths.cert, cert);
  writeFileSync(paths.key, key);
};
renewFiles();

let tls: TlsServer;
const build = () => fastify({ serverFactory: tls.factory, requestTimeout: 1234, http: { maxHeaderSize: 65_536 } });
let app: ReturnType<typeof build>;
beforeAll(async () => {
  tls = await TlsServer.open(paths);
  app = build();
  app.get('/', async (asked) => ({ protocol: asked.protocol, ja4: tls.hellos.helloOf(asked.socket)?.ja4 }));
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const ask = async (headers: Record<string, string> = {}) => {
  const { port } = app.server.address() as AddressInfo;
  const asked = request({ port, host: '127.0.0.1', rejectUnauthorized: false, agent: false, headers }).end();
  const [response] = await once(asked, 'response');
  let body = '';
  for await (const chunk of response) body += String(chunk);
  const socket = response.socket as TLSSocket;
  return { status: response.statusCode as number, body, socket };
};

describe('TlsServer', () => {
  it('serves by TLS what Fastify would serve without, and knows the hello', async () => {
    const { status, body } = await ask({ 'x-long': 'x'.repeat(40_000) });
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({ protocol: 'https', ja4: expect.stringMatching(/^t13i\d{4}[0-9a-z]{2}_/) });
    expect(app.server.requestTimeout).toBe(1234);
  });

  it('serves a certificate that was renewed, and the old one where the new is no good', async () => {
    const fingerprint = async () => {
      const { port } = app.server.address() as AddressInfo;
      const asked = request({ port, host: '127.0.0.1', rejectUnauthorized: false, agent: false }).end();
      const [socket] = (await once(asked, 'socket')) as [TLSSocket];
      await once(socket, 'secureConnect');
      const { fingerprint256 } = socket.getPeerCertificate();
      asked.on('error', () => undefined).destroy();
      return fingerprint256;
    };
    const first = await fingerprint();
    expect(await tls.renew()).toBe(false);
    renewFiles();
    expect(await tls.renew()).toBe(true);
    const second = await fingerprint();
    expect(second).not.toBe(first);
    writeFileSync(paths.key, selfSigned().key);
    await expect(tls.renew()).rejects.toThrow(/is not that of the first certificate/);
    expect(await fingerprint()).toBe(second);
    expect((await ask()).status).toBe(200);
  });
});
