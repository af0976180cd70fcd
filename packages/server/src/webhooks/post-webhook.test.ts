import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPoster, type Poster, type PosterOptions } from './post-webhook.ts';
import { answerWith, type Receiver, startReceiver } from './testing/start-receiver.ts';

const BODY = Buffer.from('{"a":"ä"}');
const TIMEOUT = 300;

let receiver: Receiver;
let poster: Poster;
const made: Poster[] = [];

const makePoster = (options: Partial<PosterOptions>): Poster => {
  const each = createPoster({ privateAddresses: true, timeout: TIMEOUT, ...options });
  made.push(each);
  return each;
};

beforeEach(async () => {
  receiver = await startReceiver();
  poster = makePoster({});
});
afterEach(async () => {
  for (const each of made.splice(0)) each.close();
  await receiver.stop();
});

const post = (url = receiver.url) => poster.post(url, BODY, { 'content-type': 'application/json', 'x-a': '1' });

describe('createPoster', () => {
  it('posts the body as it is, with its headers', async () => {
    expect(await post()).toEqual({ status: 200, error: null, wish: null, lost: null });
    const [got] = receiver.received;
    expect(got?.body).toEqual(BODY);
    expect(got?.headers).toMatchObject({ 'content-type': 'application/json', 'x-a': '1', 'content-length': '10' });
  });

  it.each([204, 299, 301, 400, 410, 429, 500, 503])('tells the status %i', async (status) => {
    receiver.behave(answerWith(status));
    expect(await post()).toEqual({ status, error: null, wish: null, lost: null });
  });

  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Wed, 21 Oct 2026 07:28:00 GMT', null],
    ['-5', null],
  ])('reads "Retry-After: %s"', async (text, wish) => {
    receiver.behave(answerWith(503, { 'retry-after': text }));
    expect((await post()).wish).toBe(wish);
  });

  it('follows no redirect', async () => {
    const other = await startReceiver();
    receiver.behave(answerWith(307, { location: other.url }));
    expect((await post()).status).toBe(307);
    expect(other.received).toEqual([]);
    await other.stop();
  });

  it('waits no longer than its time', async () => {
    receiver.behave(() => {});
    const begun = performance.now();
    expect(await post()).toEqual({ status: null, error: `no answer within ${TIMEOUT} ms`, wish: null, lost: null });
    expect(performance.now() - begun).toBeLessThan(TIMEOUT + 500);
  });

  it('does not wait for a body that dribbles, and ends it when the time is over', async () => {
    let closed: (() => void) | undefined;
    const ended = new Promise<void>((resolve) => {
      closed = resolve;
    });
    receiver.behave((_, response) => {
      response.writeHead(200).write('a');
      const drop = setInterval(() => response.write('a'), 20);
      response.on('close', () => {
        clearInterval(drop);
        closed?.();
      });
    });
    const begun = performance.now();
    expect((await post()).status).toBe(200);
    expect(performance.now() - begun).toBeLessThan(TIMEOUT);
    await ended;
  });

  it('reads only the beginning of a body without end', async () => {
    let written = 0;
    const ended = new Promise<void>((resolve) => {
      receiver.behave((_, response) => {
        response.on('close', resolve);
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536;
        };
        response.on('drain', more).writeHead(200);
        more();
      });
    });
    expect((await post()).status).toBe(200);
    await ended;
    // What the buffers of both sides hold, and no stream of it.
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  it('says so when the connection is closed without an answer', async () => {
    receiver.behave((_, response) => response.destroy());
    expect(await post()).toEqual({
      status: null,
      error: 'the connection was closed without an answer',
      wish: null,
      lost: null,
    });
  });

  it('says so when nobody listens', async () => {
    const { url } = receiver;
    await receiver.stop();
    expect((await post(url)).error).toBe('the connection was refused');
    receiver = await startReceiver();
  });

  it('says so when the answer is not HTTP', async () => {
    const server: Server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    expect((await post(`http://127.0.0.1:${port}/`)).error).toBe('the answer is not HTTP');
    server.close();
  });

  it('uses a connection again, and a new one where the old one was closed', async () => {
    const sockets = new Set<unknown>();
    receiver.behave((_, response) => {
      sockets.add(response.socket);
      response.writeHead(200).end();
    });
    await post();
    await post();
    expect(sockets.size).toBe(1);
    receiver.behave((_, response) => {
      response.writeHead(200).end();
      response.on('finish', () => response.socket?.destroy());
    });
    expect((await post()).status).toBe(200);
    expect((await post()).status).toBe(200);
  });

  it('tries once more, and says so, where a kept connection breaks off, though the receiver may have read it all', async () => {
    expect((await post()).lost).toBeNull();
    let count = 0;
    receiver.behave((_, response) => {
      if (count++ === 0) response.socket?.resetAndDestroy();
      else response.writeHead(200).end();
    });
    const lost = { error: 'the connection was closed without an answer', duration: expect.any(Number) };
    expect(await post()).toEqual({ status: 200, error: null, wish: null, lost });
    expect(receiver.received).toHaveLength(3);
  });

  it('tries no third time, and not over another kept connection', async () => {
    receiver.behave((_, response) => void setTimeout(() => response.writeHead(200).end(), 30));
    await Promise.all([post(), post(), post()]);
    receiver.behave((_, response) => void response.socket?.resetAndDestroy());
    const { error, lost } = await post();
    expect([error, lost?.error]).toEqual(Array(2).fill('the connection was closed without an answer'));
    expect(receiver.received).toHaveLength(5);
  });
});

describe('createPoster without private addresses', () => {
  it('refuses a literal one without connecting', async () => {
    poster = makePoster({ privateAddresses: false });
    expect((await post()).error).toContain('no public address');
    expect(receiver.received).toEqual([]);
  });

  it('refuses a name of this machine', async () => {
    poster = makePoster({ privateAddresses: false });
    expect((await post(`http://localhost:${receiver.port}/`)).error).toBe('localhost has no public address');
    expect(receiver.received).toEqual([]);
  });

  it.each([
    ['ENOTFOUND', 'the host’s name is not known'],
    ['ECANCELLED', 'no name server told the host’s address in time'],
  ])('says so where a name ends in %s', async (code, error) => {
    const failure = Object.assign(new Error(`queryA ${code}`), { code });
    poster = makePoster({ lookup: (_host, _options, done) => setImmediate(done, failure, []) });
    expect(await post('https://unknown.example/')).toMatchObject({ status: null, error });
  });

  it('resolves a name once, and connects to the very address that its lookup let through', async () => {
    // A name that leads elsewhere the next time it is asked for, as in DNS rebinding.
    const answers = ['127.0.0.1', '127.0.0.9'];
    let asked = 0;
    poster = makePoster({
      privateAddresses: false,
      lookup: (_host, options, done) => {
        const address = answers[asked++] ?? '';
        if (options.all) done(null, [{ address, family: 4 }]);
        else done(null, address, 4);
      },
    });
    expect((await post(`http://rebinding.example:${receiver.port}/`)).status).toBe(200);
    expect(asked).toBe(1);
    expect(receiver.received[0]?.headers.host).toBe(`rebinding.example:${receiver.port}`);
  });
});
