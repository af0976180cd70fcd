import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UnreachableHostError } from '../outbound/guarded-lookup.ts';
import { isReachableAddress } from '../outbound/reachable-address.ts';
import { followRedirects } from './follow-redirects.ts';
import { getUrl } from './get-url.ts';

vi.mock('../outbound/reachable-address.ts', () => ({ isReachableAddress: vi.fn() }));

/** Tests reach this machine alone, so that they say what is public of it. */
const publicAre = (...addresses: string[]): void => {
  vi.mocked(isReachableAddress).mockImplementation((address) => addresses.includes(address));
};

let server: Server;
let connections: number;

/** Answers whatever comes with a redirect to another address of this machine, and resets the connection at once. */
beforeEach(async () => {
  connections = 0;
  server = createServer((socket) => {
    connections += 1;
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(`HTTP/1.1 302 Found\r\nlocation: ${url('127.0.0.2')}\r\ncontent-length: 0\r\n\r\n`);
      socket.resetAndDestroy();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await new Promise((done) => server.close(done));
});

const url = (host: string): string => `http://${host}:${(server.address() as AddressInfo).port}/`;

const options = { headers: {}, signal: new AbortController().signal };

describe('getUrl', () => {
  it.each(['127.0.0.1', 'localhost'])('knows whether %s was public though it reset the connection', async (host) => {
    publicAre('127.0.0.1', '::1', '::ffff:127.0.0.1');
    const { message, isPublic } = await getUrl(new URL(url(host)), { ...options, publicOnly: false });
    message.destroy();
    expect([message.statusCode, isPublic]).toEqual([302, true]);
    publicAre();
    const again = await getUrl(new URL(url(host)), { ...options, publicOnly: false });
    again.message.destroy();
    expect(again.isPublic).toBe(false);
  });

  it('does not follow a public host that does so to a private one', async () => {
    publicAre('127.0.0.1');
    await expect(followRedirects(new URL(url('127.0.0.1')), options, 5)).rejects.toBeInstanceOf(UnreachableHostError);
    expect(connections).toBe(1);
  });
});
