import { describe, expect, it } from 'vitest';
import { useManagement } from '../../testing/use-management.ts';

const { server, manage, makeWorkspace, send } = useManagement();

const origin = 'https://shop.example';

const makeSite = async (name: string, more: Record<string, unknown>) => {
  const { id, environmentId, make } = await makeWorkspace(name, more);
  const key = await make('public', environmentId);
  const start = (ip = '198.51.100.1') =>
    server().app.inject({ method: 'POST', url: `/ingest/v1/${key}/start`, headers: { origin, 'x-forwarded-for': ip } });
  return { id, environmentId, key, make, start };
};

describe('rate limits of the agent’s endpoints', () => {
  it('are told with 429, Retry-After and headers that let the page read them', async () => {
    const { start, key } = await makeSite('limited', { rateLimits: { perKey: { requests: 1, seconds: 30 } } });
    expect((await start()).statusCode).toBe(200);
    for (const refused of [await start(), await send({ key, headers: { origin } })]) {
      expect(refused.statusCode).toBe(429);
      expect(refused.json()).toEqual({ error: { code: 'TooManyRequests', message: 'too many requests' } });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
      expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(30);
      expect(refused.headers['access-control-allow-origin']).toBe(origin);
      expect(refused.headers['access-control-expose-headers']).toContain('Retry-After');
    }
  });

  it('count an address over all keys of the workspace, and others by themselves', async () => {
    const limits = { rateLimits: { perAddress: { requests: 1, seconds: 30 } } };
    const { start, make, environmentId } = await makeSite('addresses', limits);
    expect((await start('2001:db8::1')).statusCode).toBe(200);
    expect((await start('2001:db8::2')).statusCode).toBe(429);
    expect((await start('2001:db8:1::2')).statusCode).toBe(200);
    const other = await make('public', environmentId);
    const answer = await server().app.inject({
      method: 'POST',
      url: `/ingest/v1/${other}/start`,
      headers: { 'x-forwarded-for': '2001:db8::3' },
    });
    expect(answer.statusCode).toBe(429);
  });

  it('are not used up by who is refused for another reason', async () => {
    const limits = { rateLimits: { perKey: { requests: 1, seconds: 30 } } };
    const { id, environmentId, start, key } = await makeSite('origins', limits);
    await manage('PATCH', `/workspaces/${id}/environments/${environmentId}`, { body: { allowedOrigins: [origin] } });
    for (let i = 0; i < 3; i++) {
      const foreign = await send({ key, headers: { origin: 'https://evil.example' }, change: { nonce: 'x' } });
      expect(foreign.json()).toMatchObject({ error: { code: 'OriginNotAllowed' } });
    }
    expect((await start()).statusCode).toBe(200);
  });

  it('hold for the Server API as well, per key', async () => {
    const { make } = await makeSite('readers', { rateLimits: { perKey: { requests: 1, seconds: 30 } } });
    const ask = (key: string) =>
      server().app.inject({ url: '/events/1700000000000.abcdef', headers: { 'auth-api-key': key } });
    const [one, other] = [await make('secret'), await make('secret')];
    expect((await ask(one)).statusCode).toBe(404);
    const refused = await ask(one);
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({ error: { code: 'TooManyRequests' } });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask(other)).statusCode).toBe(404);
  });
});

describe('a workspace that this server does not serve', () => {
  it('of another region is refused by the name of both', async () => {
    const { start } = await makeSite('abroad', { region: 'eu' });
    const refused = await start();
    expect(refused.statusCode).toBe(403);
    const { error } = refused.json<{ error: { code: string; message: string } }>();
    expect(error.code).toBe('WrongRegion');
    expect(error.message).toMatch(/\beu\b.*\bus\b/);
    expect(refused.headers['access-control-allow-origin']).toBe(origin);
  });

  it('is refused while it is switched off', async () => {
    const { start } = await makeSite('asleep', { active: false });
    const refused = await start();
    expect(refused.statusCode).toBe(403);
    expect(refused.json()).toMatchObject({ error: { code: 'WorkspaceNotActive' } });
  });
});
