import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { v4Errors } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../../testing/use-test-server.ts';
import { PayloadTooLargeError, RequestReadTimeoutError } from './errors.ts';
import { readBody } from './read-body.ts';

const limits = { bytes: 10, patience: 50 };

describe('readBody', () => {
  it('gives the bytes as they came', async () => {
    const body = new PassThrough();
    body.write('12345');
    body.end('67890');
    expect((await readBody(body, limits)).toString()).toBe('1234567890');
  });

  it('gives nothing where nothing came', async () => {
    const body = new PassThrough();
    body.end();
    expect(await readBody(body, limits)).toHaveLength(0);
  });

  it('refuses more bytes than are taken, and reads on so that the connection can be used again', async () => {
    const body = new PassThrough();
    const read = readBody(body, limits);
    body.write('12345678901');
    await expect(read).rejects.toBeInstanceOf(PayloadTooLargeError);
    body.end('more');
    await new Promise((resolve) => body.once('end', resolve));
  });

  it('does not wait for a body that says that it will be too large', async () => {
    const body = new PassThrough();
    const read = readBody(body, { ...limits, patience: 60_000, announced: 11 });
    await expect(read).rejects.toBeInstanceOf(PayloadTooLargeError);
    expect(body.readableFlowing).toBe(true);
  });

  it('takes a body that says that it will just fit', async () => {
    const body = new PassThrough();
    body.end('1234567890');
    expect(await readBody(body, { ...limits, announced: 10 })).toHaveLength(10);
  });

  it('gives up on a body that does not come', async () => {
    const body = new PassThrough();
    body.write('1');
    await expect(readBody(body, limits)).rejects.toBeInstanceOf(RequestReadTimeoutError);
  });

  it('passes on that the connection broke', async () => {
    const body = new PassThrough();
    const read = readBody(body, limits);
    body.destroy(new Error('gone'));
    await expect(read).rejects.toThrow('gone');
  });
});

const { server } = useTestServer();

/** The answer to a client that announces so many bytes, sends a few, and waits. */
const dribble = async (length: number): Promise<{ status: number | undefined; closes: boolean; body: string }> => {
  const { app, secretKey } = server();
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${secretKey}`, 'content-length': String(length) };
    const path = '/v4/events/1700000000000.abcdef';
    const asked = request({ port, host: '127.0.0.1', method: 'PATCH', path, headers }, async (incoming) => {
      let body = '';
      for await (const part of incoming) body += String(part);
      resolve({ status: incoming.statusCode, closes: incoming.headers.connection === 'close', body });
      asked.destroy();
    });
    asked.on('error', reject);
    asked.write('{"suspect"');
  });
};

describe('a client that dribbles its body', () => {
  it('is told so after five seconds, and its connection is closed', { timeout: 15_000 }, async () => {
    const started = Date.now();
    const answer = await dribble(100);
    const { status, code, message } = v4Errors.requestReadTimeout;
    expect(answer).toMatchObject({ status, closes: true });
    expect(JSON.parse(answer.body)).toEqual({ error: { code, message } });
    expect(Date.now() - started).toBeGreaterThan(4_900);
  });

  it('is told at once that it announces too much', async () => {
    const answer = await dribble(99_999_999);
    const { status, code, message } = v4Errors.payloadTooLarge;
    expect([answer.status, JSON.parse(answer.body)]).toEqual([status, { error: { code, message } }]);
  });
});
