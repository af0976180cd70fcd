import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect, createServer as createPlainServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { readJa4 } from '@whorl/engine';
import { afterEach, describe, expect, it } from 'vitest';
import { selfSigned } from '../testing/self-signed.ts';
import { HelloWatch } from './hello-watch.ts';

let server: Server | undefined;
afterEach(async () => {
  const closed = server === undefined ? Promise.resolve() : once(server, 'close');
  server?.close();
  server?.closeAllConnections();
  await closed;
  server = undefined;
});

/** A server that answers with what it knows of the connection. */
const serve = async (watch: HelloWatch): Promise<number> => {
  server = createServer(selfSigned(), (request, response) => {
    response.end(JSON.stringify(watch.helloOf(request.socket) ?? null));
  });
  watch.watch(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
};

const REQUEST = 'GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n';

/** What the server says to a client that speaks TLS in this way. */
const ask = async (port: number, options: ConnectionOptions = {}): Promise<unknown> => {
  const socket = connectTls({
    port,
    host: '127.0.0.1',
    servername: 'localhost',
    rejectUnauthorized: false,
    ...options,
  });
  socket.write(REQUEST);
  let text = '';
  for await (const chunk of socket) text += String(chunk);
  return JSON.parse(text.split('\r\n\r\n')[1] ?? '');
};

/** The bytes that Node's own client begins with. */
const helloOfNode = async (): Promise<Buffer> => {
  const listener = createPlainServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const client = connectTls({ port: (listener.address() as AddressInfo).port, host: '127.0.0.1' });
  client.on('error', () => undefined);
  const [socket] = (await once(listener, 'connection')) as [Socket];
  const [hello] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  listener.close();
  return hello;
};

/** Resolves when the server has ended the connection. */
const ended = async (socket: Socket): Promise<void> => {
  socket.on('error', () => undefined);
  socket.resume();
  await once(socket, 'close');
};

describe('HelloWatch', () => {
  it('tells each connection’s hello to those who serve it', async () => {
    const watch = new HelloWatch();
    const port = await serve(watch);
    const [plain, old, named] = await Promise.all([
      ask(port),
      ask(port, { maxVersion: 'TLSv1.2', servername: '' }),
      ask(port, { ALPNProtocols: ['http/1.1'] }),
    ]);
    for (const facts of [plain, old, named]) expect(facts).toMatchObject({ source: 'hello', grease: false });
    const read = [plain, old, named].map((facts) => readJa4((facts as { ja4: string }).ja4));
    expect(read.map((ja4) => ja4?.version)).toEqual(['13', '12', '13']);
    expect(read.map((ja4) => ja4?.namesServer)).toEqual([true, false, true]);
    expect(read.map((ja4) => ja4?.protocolOffered)).toEqual(['00', '00', 'h1']);
  });

  it('reads a hello that comes byte by byte', async () => {
    const watch = new HelloWatch();
    const port = await serve(watch);
    const hello = await helloOfNode();
    const dribble = connect({ port, host: '127.0.0.1', noDelay: true });
    for (const [from, to] of [
      [0, 1],
      [1, 3],
      [3, 5],
      [5, 6],
      [6, 50],
      [50, hello.length],
    ]) {
      dribble.write(hello.subarray(from, to));
      await sleep(5);
    }
    // A server's hello is the answer to a hello that TLS got whole.
    const [answer] = (await once(dribble, 'data')) as [Buffer];
    expect(answer[0]).toBe(0x16);
    expect(watch.helloOf({ remoteAddress: '127.0.0.1', remotePort: dribble.localPort, localPort: port })).toBeDefined();
    dribble.destroy();
  });

  it.each([
    ['plain HTTP', REQUEST],
    ['a record that is no hello', Buffer.from('160303000402000000', 'hex')],
    ['a hello that says it is longer than it is', Buffer.from('16030300080100ffff03030000', 'hex')],
    ['a record of nothing', Buffer.from('1603030000', 'hex')],
  ])('leaves %s to TLS, which ends it, and serves the next', async (_, bytes) => {
    const watch = new HelloWatch();
    const port = await serve(watch);
    const socket = connect({ port, host: '127.0.0.1' });
    socket.end(bytes);
    await ended(socket);
    expect(await ask(port)).toMatchObject({ source: 'hello' });
  });

  it('ends a client that says nothing, or half a hello', async () => {
    const port = await serve(new HelloWatch(50));
    const silent = connect({ port, host: '127.0.0.1' });
    const half = connect({ port, host: '127.0.0.1' });
    half.write(Buffer.from('16030100ff01', 'hex'));
    await Promise.all([ended(silent), ended(half)]);
    expect(await ask(port)).toMatchObject({ source: 'hello' });
  });

  it('survives clients that are gone before they have said anything', async () => {
    const watch = new HelloWatch();
    const port = await serve(watch);
    await Promise.all(
      Array.from({ length: 20 }, async () => {
        const socket = connect({ port, host: '127.0.0.1' });
        await once(socket, 'connect');
        socket.write(Buffer.from('160301', 'hex'));
        socket.resetAndDestroy();
      }),
    );
    expect(await ask(port)).toMatchObject({ source: 'hello' });
  });

  it('forgets a connection with its end, and ends those that have not begun', async () => {
    const watch = new HelloWatch();
    const port = await serve(watch);
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const ends = { remoteAddress: '127.0.0.1', remotePort: socket.localPort, localPort: port };
    expect(watch.helloOf(ends)).toBeDefined();
    const silent = connect({ port, host: '127.0.0.1' });
    await once(silent, 'connect');
    const gone = ended(silent);
    // The server may know of it a moment later than the client does.
    await sleep(20);
    watch.endUnfinished();
    await gone;
    expect(watch.helloOf(ends)).toBeDefined();
    socket.destroy();
    await expect.poll(() => watch.helloOf(ends)).toBeUndefined();
  });
});
