import { adminErrors } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { useManagement } from '../../testing/use-management.ts';

const { server, manage, makeWorkspace } = useManagement();

const codeOf = (answer: { json<T>(): T }) => answer.json<{ error: { code: string } }>().error.code;

describe('keys of the management API', () => {
  it('are required, and asked for as RFC 9110 wants it', async () => {
    const answer = await manage('GET', '/workspaces', { key: '' });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer');
    const { code, message } = adminErrors.managementKeyRequired;
    expect(answer.json()).toEqual({ error: { code, message } });
  });

  it.each(['Bearer', 'Bearer ', 'Basic bWU6bWU=', 'managementKeyForTests'])('are not found in %j', async (text) => {
    const answer = await manage('GET', '/workspaces', { key: '', headers: { authorization: text } });
    expect(codeOf(answer)).toBe('ManagementKeyRequired');
  });

  it('may be introduced by "bearer" in any case', async () => {
    const headers = { authorization: `bEARER  ${server().managementKey}` };
    expect((await manage('GET', '/workspaces', { key: '', headers })).statusCode).toBe(200);
  });

  it('are read as those of the Server API v4 are: with a blank within it is a wrong one', async () => {
    const headers = { authorization: `Bearer ${server().managementKey} x` };
    expect(codeOf(await manage('GET', '/workspaces', { key: '', headers }))).toBe('ManagementKeyNotFound');
  });

  it('are neither public nor secret ones, nor revoked', async () => {
    const { id, environmentId, key, make } = await makeWorkspace('kinds');
    const wrong = [await make('public', environmentId), await make('secret'), server().secretKey, 'unknown'];
    for (const each of wrong) {
      const answer = await manage('GET', '/workspaces', { key: each });
      expect(answer.statusCode).toBe(401);
      expect(codeOf(answer)).toBe('ManagementKeyNotFound');
    }
    expect((await manage('GET', `/workspaces/${id}`, { key })).statusCode).toBe(200);
    const { items } = (await manage('GET', `/workspaces/${id}/keys`, { key })).json<{
      items: { id: string; kind: string }[];
    }>();
    const own = items.find(({ kind }) => kind === 'management')?.id ?? '';
    expect((await manage('DELETE', `/workspaces/${id}/keys/${own}`, { key })).statusCode).toBe(200);
    expect((await manage('GET', `/workspaces/${id}`, { key })).statusCode).toBe(401);
  });

  it('open nothing but the management API', async () => {
    const { key } = await makeWorkspace('elsewhere');
    for (const each of [key, server().managementKey]) {
      const v3 = await server().app.inject({ url: '/events/1700000000000.abcdef', headers: { 'auth-api-key': each } });
      expect(v3.json()).toMatchObject({ error: { code: 'TokenNotFound' } });
      const ingest = await server().app.inject({ method: 'POST', url: `/ingest/v1/${each}/start` });
      expect(ingest.json()).toMatchObject({ error: { code: 'PublicKeyNotFound' } });
    }
  });

  it('of a workspace see nothing of another one', async () => {
    const mine = await makeWorkspace('mine');
    const theirs = await makeWorkspace('theirs');
    const listed = (await manage('GET', '/workspaces', { key: mine.key })).json<{ items: { id: string }[] }>();
    expect(listed.items.map(({ id }) => id)).toEqual([mine.id]);
    const other = `/workspaces/${theirs.id}`;
    const requests = [
      ['GET', other],
      ['PATCH', other],
      ['GET', `${other}/environments`],
      ['POST', `${other}/environments`],
      ['GET', `${other}/environments/${theirs.environmentId}`],
      ['PATCH', `${other}/environments/${theirs.environmentId}`],
      ['PUT', `${other}/environments/${theirs.environmentId}/sealing-key`],
      ['DELETE', `${other}/environments/${theirs.environmentId}/sealing-key`],
      ['GET', `${other}/keys`],
      ['POST', `${other}/keys`],
      ['DELETE', `${other}/keys/key_abcdefghijkl`],
    ] as const;
    for (const [method, path] of requests) {
      const answer = await manage(method, path, { key: mine.key });
      expect(answer.statusCode, `${method} ${path}`).toBe(404);
      expect(codeOf(answer)).toBe('WorkspaceNotFound');
    }
    const through = `/workspaces/${mine.id}/environments/${theirs.environmentId}`;
    expect(codeOf(await manage('GET', through, { key: mine.key }))).toBe('EnvironmentNotFound');
  });

  it('of a workspace that is switched off are refused, and the key of the server switches it on', async () => {
    const { id, key } = await makeWorkspace('asleep', { active: false });
    const refused = await manage('GET', '/workspaces', { key });
    expect(refused.statusCode).toBe(403);
    expect(codeOf(refused)).toBe('WorkspaceNotActive');
    await manage('PATCH', `/workspaces/${id}`, { body: { active: true } });
    expect((await manage('GET', '/workspaces', { key })).statusCode).toBe(200);
  });

  it('are counted by their address when they are wrong, and whoever has a right one does not notice', async () => {
    const { key } = await makeWorkspace('neighbour');
    const guess = { key: 'guess', ip: '203.0.113.66' };
    for (let i = 0; i < 60; i++) expect((await manage('GET', '/workspaces', guess)).statusCode).toBe(401);
    const answer = await manage('GET', '/workspaces', guess);
    expect(answer.statusCode).toBe(429);
    expect(codeOf(answer)).toBe('TooManyRequests');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await manage('GET', '/workspaces', { ip: guess.ip })).statusCode).toBe(200);
    expect((await manage('GET', '/workspaces', { key, ip: guess.ip })).statusCode).toBe(200);
    expect((await manage('GET', '/workspaces', { key: 'guess' })).statusCode).toBe(401);
  });

  it('count against the limits of their workspace; that of the server does not', async () => {
    const limits = { rateLimits: { perKey: { requests: 2, seconds: 60 } } };
    const { id, key } = await makeWorkspace('limited', limits);
    for (let i = 0; i < 2; i++) expect((await manage('GET', '/workspaces', { key })).statusCode).toBe(200);
    const answer = await manage('GET', '/workspaces', { key });
    expect(answer.statusCode).toBe(429);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await manage('PATCH', `/workspaces/${id}`, { body: { rateLimits: { perKey: null } } })).statusCode).toBe(
      200,
    );
    expect((await manage('GET', '/workspaces', { key })).statusCode).toBe(200);
  });
});

describe('requests of the management API', () => {
  it('must be JSON, of at most 256 KiB', async () => {
    const text = await manage('POST', '/workspaces', { body: '{}', headers: { 'content-type': 'text/plain' } });
    expect(text.statusCode).toBe(415);
    const large = await manage('POST', '/workspaces', { body: { name: 'x'.repeat(256 * 1024) } });
    expect(large.statusCode).toBe(413);
    const half = await manage('POST', '/workspaces', { body: '{"name":' });
    expect(half.json()).toMatchObject({
      error: { code: 'RequestCannotBeParsed', message: 'the body is not JSON in UTF-8' },
    });
  });

  it('are refused with the name of each wrong field', async () => {
    const body = { title: 'x', region: 'mars', rateLimits: { perKey: { requests: 0, seconds: 60, burst: 1 } } };
    const answer = await manage('POST', '/workspaces', { body });
    expect(answer.statusCode).toBe(400);
    const { error } = answer.json<{ error: { detail: { field: string; problem: string }[] } }>();
    expect(error.detail.map(({ field }) => field).sort()).toEqual([
      '/name',
      '/rateLimits/perKey/burst',
      '/rateLimits/perKey/requests',
      '/region',
      '/title',
    ]);
    expect(error.detail).toContainEqual({ field: '/region', problem: 'must be one of us, eu, ap' });
    expect(error.detail).toContainEqual({ field: '/title', problem: 'is no field that can be given here' });
    expect(error.detail).toContainEqual({ field: '/name', problem: 'is missing' });
  });

  it.each([
    '?limit=0',
    '?limit=101',
    '?limit=1.5',
    '?limit=010',
    '?limit=-0',
    '?limit=',
    '?limit=1&limit=2',
    '?size=1',
    '?after=unknown',
    '?after=ws_0000000000000000',
    '?after=1.',
    '?after=1.%00',
    '?__proto__=1',
    '?after=',
  ])('are refused with the query %s', async (query) => {
    const answer = await manage('GET', `/workspaces${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: { detail: [{ field: expect.stringMatching(/^\/\w+$/) }] } });
  });

  it('are told what is wrong with each parameter', async () => {
    const answer = await manage('GET', '/workspaces?limit=0&after=&size=1');
    const { error } = answer.json<{ error: { detail: unknown } }>();
    expect(error.detail).toEqual([
      { field: '/size', problem: 'is no field that can be given here' },
      { field: '/limit', problem: 'must be >= 1' },
      { field: '/after', problem: 'must not have fewer than 1 characters' },
    ]);
    const twice = await manage('GET', '/workspaces?limit=1&limit=2');
    expect(twice.json()).toMatchObject({ error: { detail: [{ field: '/limit', problem: 'can be given once' }] } });
  });

  it('find nothing at other addresses, and look at the key first', async () => {
    const headers = { authorization: `Bearer ${server().managementKey}` };
    for (const url of ['/admin/v1/nowhere', '/admin/v1/workspaces/a/nowhere', '/admin/v1']) {
      const answer = await server().app.inject({ url, headers });
      expect(answer.statusCode, url).toBe(404);
      expect(answer.json()).toHaveProperty('error.code');
    }
    expect((await server().app.inject({ url: '/admin/v1/nowhere' })).statusCode).toBe(401);
  });

  it('are answered with what no cache may keep', async () => {
    expect((await manage('GET', '/workspaces')).headers['cache-control']).toBe('no-store');
  });
});
