import { V3Event as V3EventSchema } from '@whorl/contract';
import { Compile } from 'typebox/compile';
import { describe, expect, it } from 'vitest';
import { makeKey } from '../../keys/api-key.ts';
import { useTestServer } from '../../testing/use-test-server.ts';

const { server, send, visit, eventOf } = useTestServer();
const isV3Event = Compile(V3EventSchema);

describe('bad input', () => {
  const post = (payload: string | Buffer, key = server().publicKey, headers: Record<string, string> = {}) =>
    server().app.inject({ method: 'POST', url: `/ingest/v1/${key}`, payload, headers });

  it.each([
    ['nothing', '', 400, 'RequestCannotBeParsed'],
    ['half a body', '{', 400, 'RequestCannotBeParsed'],
    ['an unknown version', '{"version":99}', 400, 'UnsupportedVersion'],
    ['a body over the limit', `{"a":"${'x'.repeat(128 * 1024)}"}`, 413, 'PayloadTooLarge'],
  ])('answers %s as documented', async (_, body, status, code) => {
    const answer = await post(body, server().publicKey, { origin: 'https://shop.example' });
    expect(answer.statusCode).toBe(status);
    const { error } = answer.json<{ error: { code: string; message: string } }>();
    expect(error.code).toBe(code);
    expect(error.message).not.toMatch(/\bat \/|node_modules|\.ts:/);
    expect(answer.headers['access-control-allow-origin']).toBe('https://shop.example');
  });

  it('refuses a tag that nests deeper than it could be written again', async () => {
    const nested = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as unknown;
    expect((await send({ change: { tag: nested(64) } })).statusCode).toBe(200);
    const refused = await send({ change: { tag: nested(65) } });
    expect(refused.statusCode).toBe(400);
    expect(refused.json()).toMatchObject({ error: { code: 'RequestCannotBeParsed' } });
    const text = `{"version":1,"tag":${'['.repeat(8_000)}${']'.repeat(8_000)}}`;
    expect((await post(text)).statusCode).toBe(400);
  });

  it('refuses a tag over 16 KB', async () => {
    const answer = await send({ change: { tag: { a: 'x'.repeat(17_000) } } });
    expect(answer.statusCode).toBe(413);
    expect(answer.json()).toMatchObject({ error: { code: 'TagTooLarge' } });
  });

  it('refuses missing, unknown, secret and revoked keys', async () => {
    expect((await post('{}', '')).json()).toMatchObject({ error: { code: 'PublicKeyRequired' } });
    expect((await post('{}', 'unknown')).json()).toMatchObject({ error: { code: 'PublicKeyNotFound' } });
    expect((await post('{}', server().secretKey)).json()).toMatchObject({ error: { code: 'PublicKeyNotFound' } });
    const { workspace, environment } = server().first;
    const owner = { kind: 'public', workspaceId: workspace.id, environmentId: environment.id, name: '' } as const;
    const { text, stored } = makeKey(owner, 0);
    await server().store.addKey(stored);
    expect((await send({ key: text })).statusCode).toBe(200);
    await server().store.revokeKey(stored.key.id, Date.now());
    const refused = await post('{}', text);
    expect(refused.statusCode).toBe(403);
    expect(refused.json()).toMatchObject({ error: { code: 'PublicKeyNotFound' } });
  });

  it('takes observations from listed origins only, once an environment lists any', async () => {
    const { workspace } = server().first;
    const environment = {
      id: 'ae_2222222222222222',
      workspaceId: workspace.id,
      name: 'guarded',
      allowedOrigins: ['https://shop.example'],
      sealingKey: null,
      createdAt: 0,
    };
    await server().store.createEnvironment(environment);
    const owner = { kind: 'public', workspaceId: workspace.id, environmentId: environment.id, name: '' } as const;
    const { text: key, stored } = makeKey(owner, 0);
    await server().store.addKey(stored);
    const fromShop = await send({ key, headers: { origin: 'https://shop.example' } });
    expect(fromShop.statusCode, fromShop.body).toBe(200);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'http://evil.example', host: 'evil.example' },
      {},
    ] as Record<string, string>[]) {
      const refused = await post('{}', key, headers);
      expect(refused.statusCode).toBe(403);
      expect(refused.json()).toMatchObject({ error: { code: 'OriginNotAllowed' } });
    }
  });
});

describe('supplement', () => {
  const supplement = (body: Record<string, unknown>) =>
    server().app.inject({
      method: 'POST',
      url: `/ingest/v1/${server().publicKey}/supplement`,
      payload: JSON.stringify({ version: 1, ...body }),
    });
  const hit = { developerTools: { v: { stackTraceHits: 2, probes: 9, elapsed: 1900 }, d: 1900 } };

  it('adds late evidence to its event, once', async () => {
    const { requestId, proof } = await visit();
    const answer = await supplement({ requestId, proof, sources: hit });
    expect(answer.json()).toEqual({ requestId, updated: ['developerTools'] });
    const event = await eventOf(requestId);
    expect(event.products.developerTools?.data?.result).toBe(true);
    expect([...isV3Event.Errors(event)]).toEqual([]);
    expect((await supplement({ requestId, proof, sources: hit })).statusCode).toBe(409);
  });

  it('does not replace what the observation showed', async () => {
    const { requestId, proof } = await visit();
    await supplement({ requestId, proof, sources: { timezone: { v: 'Asia/Tokyo', d: 1 } } });
    const { timezone } = (await eventOf(requestId)).products.rawDeviceAttributes?.data ?? {};
    expect(timezone).toEqual({ value: 'Europe/Berlin' });
  });

  it('refuses a proof of another event, and a malformed body', async () => {
    const [a, b] = [await visit(), await visit()];
    expect((await supplement({ requestId: a.requestId, proof: b.proof, sources: hit })).statusCode).toBe(404);
    expect((await supplement({ requestId: a.requestId })).statusCode).toBe(400);
  });
});
