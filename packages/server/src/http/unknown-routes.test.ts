import { v3Errors, v4Errors } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { useTestServer } from '../testing/use-test-server.ts';

const { server } = useTestServer();

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

const ask = (method: Method, url: string, headers: Record<string, string> = {}) =>
  server().app.inject({ method, url, headers });

const told = ({ status, code, message }: { status: number; code: string; message: string }) => ({
  status,
  body: { error: { code, message } },
});

const outcome = async (answer: ReturnType<typeof ask>) => {
  const { statusCode, body } = await answer;
  return { status: statusCode, body: JSON.parse(body) };
};

describe('what no endpoint has', () => {
  const ofV3: [Method, string][] = [
    ['POST', '/events'],
    ['POST', '/events/1700000000000.abcdef'],
    ['DELETE', '/events/1700000000000.abcdef'],
    ['GET', '/events/x/y'],
    ['POST', '/events/search?limit=1'],
    ['PUT', '/visitors/unknownVisitor123456'],
    ['DELETE', '/visitors/a/b'],
    ['POST', '/related-visitors'],
  ];

  it.each(ofV3)('is told of in words of v3, the key first: %s %s', async (method, url) => {
    expect(await outcome(ask(method, url))).toEqual(told(v3Errors.tokenRequired));
    expect(await outcome(ask(method, url, { 'auth-api-key': 'wrong' }))).toEqual(told(v3Errors.tokenNotFound));
    const headers = { 'auth-api-key': server().secretKey };
    expect(await outcome(ask(method, url, headers))).toEqual(told(v3Errors.routeNotFound));
  });

  it('is told of in plain words where visits are asked for', async () => {
    expect((await outcome(ask('GET', '/visitors/a/b'))).body).toEqual({ error: 'Forbidden (HTTP 403)' });
    const headers = { 'auth-api-key': server().secretKey };
    expect((await outcome(ask('GET', '/visitors/a/b', headers))).body).toEqual({ error: 'bad request' });
  });

  const ofV4: [Method, string][] = [
    ['POST', '/v4/events'],
    ['PUT', '/v4/events/1700000000000.abcdef'],
    ['DELETE', '/v4/events/1700000000000.abcdef'],
    ['GET', '/v4/events/x/y'],
    ['GET', '/v4/visitors/unknownVisitor123456'],
    ['DELETE', '/v4/visitors/a/b'],
    ['PUT', '/v4/edge'],
    ['POST', '/v4/related-visitors'],
  ];

  it.each(ofV4)('is told of in words of v4, the key first: %s %s', async (method, url) => {
    expect(await outcome(ask(method, url))).toEqual(told(v4Errors.secretApiKeyRequired));
    const wrong = { authorization: 'Bearer wrong' };
    expect(await outcome(ask(method, url, wrong))).toEqual(told(v4Errors.secretApiKeyNotFound));
    const headers = { authorization: `Bearer ${server().secretKey}` };
    expect(await outcome(ask(method, url, headers))).toEqual(told(v4Errors.routeNotFound));
  });

  it.each<[Method, string]>([
    ['GET', '/nothing/here'],
    ['POST', '/'],
    ['GET', '/eventsx'],
    ['GET', '/v4x/events'],
  ])('is told of without a key elsewhere: %s %s', async (method, url) => {
    expect(await outcome(ask(method, url))).toEqual({
      status: 404,
      body: { error: { code: 'RouteNotFound', message: 'there is nothing at this address' } },
    });
  });
});
