import { describe, expect, it } from 'vitest';
import { makeKey } from '../../keys/api-key.ts';
import { useTestServer } from '../../testing/use-test-server.ts';

const { server, visit, read } = useTestServer();

describe('errors of the Server API', () => {
  it.each([
    ['no key', {}, 403, 'TokenRequired', 'secret key is required'],
    ['an empty key', { 'auth-api-key': '' }, 403, 'TokenRequired', 'secret key is required'],
    ['a wrong key', { 'auth-api-key': 'nonsense' }, 403, 'TokenNotFound', 'secret key is not found'],
    ['a public key', { 'auth-api-key': 'publicKeyForTests' }, 403, 'TokenNotFound', 'secret key is not found'],
  ])('refuses %s before it looks for the event', async (_, headers, status, code, message) => {
    const answer = await read('1700000000000.abcdef', headers);
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toEqual({ error: { code, message } });
  });

  it.each([
    ['an id that was never given', '1700000000000.abcdef'],
    ['what is no id', 'nonsense'],
    ['an escape', '%00'],
    ['a query', "1' or '1'='1"],
    ['a very long text', 'x'.repeat(40_000)],
  ])('does not find %s', async (_, id) => {
    const answer = await read(encodeURIComponent(id));
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toEqual({ error: { code: 'RequestNotFound', message: 'request id not found' } });
  });

  it('does not find an id with a broken escape, and looks at the key first', async () => {
    const found = await server().app.inject({ url: '/events/%ff', headers: { 'auth-api-key': server().secretKey } });
    expect(found.statusCode).toBe(404);
    expect(found.json()).toMatchObject({ error: { code: 'RequestNotFound' } });
    const byQuery = await server().app.inject({ url: `/events/%ff?api_key=${server().secretKey}` });
    expect(byQuery.json()).toMatchObject({ error: { code: 'RequestNotFound' } });
    const refused = await server().app.inject({ url: '/events/%ff' });
    expect(refused.json()).toMatchObject({ error: { code: 'TokenRequired' } });
    expect((await server().app.inject({ url: '/%ff' })).json()).toHaveProperty('error.code');
  });

  it('takes the key from the query as well', async () => {
    const { requestId } = await visit();
    const answer = await server().app.inject({ url: `/events/${requestId}?api_key=${server().secretKey}` });
    expect(answer.statusCode).toBe(200);
  });

  it('shows a key of one environment only the events of that environment', async () => {
    const { requestId } = await visit();
    const { workspace } = server().first;
    const environment = {
      id: 'ae_1111111111111111',
      workspaceId: workspace.id,
      name: 'staging',
      allowedOrigins: [],
      createdAt: 0,
    };
    await server().store.createEnvironment(environment);
    const owner = { kind: 'secret', workspaceId: workspace.id, environmentId: environment.id, name: '' } as const;
    const { text, stored } = makeKey(owner, 0);
    await server().store.addKey(stored);
    expect((await read(requestId, { 'auth-api-key': text })).statusCode).toBe(404);
  });
});
