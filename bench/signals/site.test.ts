import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Site, startSite } from './site.ts';

const seen: { url: string | undefined; from: string | string[] | undefined; body: string }[] = [];
const server = createServer(async (request, response) => {
  let body = '';
  for await (const part of request) body += String(part);
  seen.push({ url: request.url, from: request.headers['x-forwarded-for'], body });
  response.writeHead(201, { 'x-from': 'server' }).end('made');
});

let site: Site;
let origin: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  site = await startSite({
    server: `http://127.0.0.1:${port}`,
    publicKey: 'key',
    visitorAddress: '198.51.100.7',
    elsewhere: false,
  });
  origin = new URL(site.url('run')).origin.replace('localhost', '127.0.0.1');
});

afterAll(async () => {
  await site.stop();
  await new Promise((resolve) => server.close(resolve));
});

describe('the site', () => {
  it('has a page that loads the agent from its own origin', async () => {
    expect(await (await fetch(`${origin}/?run=a-0`)).text()).toContain("import('/v3/key')");
  });

  it('hands everything else on, as from the visitor’s address', async () => {
    const response = await fetch(`${origin}/ingest/v1/key?x=1`, { method: 'POST', body: 'observation' });
    expect([response.status, response.headers.get('x-from'), await response.text()]).toEqual([201, 'server', 'made']);
    expect(seen).toEqual([{ url: '/ingest/v1/key?x=1', from: '198.51.100.7', body: 'observation' }]);
  });

  it('gives each run what its own page tells, whoever comes first', async () => {
    const early = site.told('a-1');
    const tell = (run: string, body: unknown) =>
      fetch(`${origin}/told?run=${run}`, { method: 'POST', body: JSON.stringify(body) });
    await tell('a-2', { requestId: 'second' });
    await tell('a-1', { error: 'TypeError' });
    expect(await early).toEqual({ error: 'TypeError' });
    expect(await site.told('a-2')).toEqual({ requestId: 'second' });
  });
});
