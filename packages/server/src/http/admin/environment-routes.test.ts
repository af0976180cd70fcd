import { describe, expect, it } from 'vitest';
import { useManagement } from '../../testing/use-management.ts';

const { server, manage, makeWorkspace } = useManagement();

describe('/environments', () => {
  it('creates, lists, gets and changes', async () => {
    const { id, environmentId, key } = await makeWorkspace('life');
    const path = `/workspaces/${id}/environments`;
    const allowedOrigins = ['https://shop.example/', 'http://localhost:3000', 'https://shop.example'];
    const made = await manage('POST', path, { key, body: { name: 'staging', allowedOrigins } });
    expect(made.statusCode).toBe(201);
    const staging = made.json<{ id: string }>();
    expect(staging).toMatchObject({
      workspaceId: id,
      name: 'staging',
      allowedOrigins: ['https://shop.example', 'http://localhost:3000'],
      hasSealingKey: false,
    });
    const { items } = (await manage('GET', path, { key })).json<{ items: { id: string }[] }>();
    expect(items.map((each) => each.id).sort()).toEqual([environmentId, staging.id].sort());
    const changed = await manage('PATCH', `${path}/${staging.id}`, { key, body: { allowedOrigins: [] } });
    expect(changed.json()).toEqual({ ...staging, allowedOrigins: [] });
    await manage('PATCH', `${path}/${staging.id}`, { key, body: { name: 'test' } });
    expect((await manage('GET', `${path}/${staging.id}`, { key })).json()).toMatchObject({ name: 'test' });
  });

  it('has each name once in its workspace', async () => {
    const { id } = await makeWorkspace('names');
    const path = `/workspaces/${id}/environments`;
    expect((await manage('POST', path, { body: { name: 'production' } })).statusCode).toBe(409);
    const { id: other } = (await manage('POST', path, { body: { name: 'staging' } })).json<{ id: string }>();
    expect((await manage('PATCH', `${path}/${other}`, { body: { name: 'production' } })).statusCode).toBe(409);
    expect((await manage('PATCH', `${path}/${other}`, { body: { name: 'staging' } })).statusCode).toBe(200);
    const ten = Array.from({ length: 10 }, () => manage('POST', path, { body: { name: 'at once' } }));
    const statuses = (await Promise.all(ten)).map(({ statusCode }) => statusCode).sort();
    expect(statuses).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  });

  it('refuses origins that are none, and names them', async () => {
    const { id, environmentId } = await makeWorkspace('origins');
    const body = { allowedOrigins: ['http://shop.example', 'shop.example', 'https://Bücher.example'] };
    const answer = await manage('PATCH', `/workspaces/${id}/environments/${environmentId}`, { body });
    expect(answer.statusCode).toBe(400);
    const { error } = answer.json<{ error: { detail: { field: string; problem: string }[] } }>();
    expect(error.detail).toEqual([
      { field: '/allowedOrigins/1', problem: expect.stringContaining('http:// or https://') },
      { field: '/allowedOrigins/2', problem: expect.stringContaining('punycode') },
    ]);
  });

  it('does not find what the workspace has not', async () => {
    const { id } = await makeWorkspace('lacking');
    const foreign = server().first.environment.id;
    for (const environmentId of ['ae_ffffffffffffffff', foreign, '%00', 'x'.repeat(1000)]) {
      const path = `/workspaces/${id}/environments/${environmentId}`;
      for (const method of ['GET', 'PATCH'] as const) expect((await manage(method, path)).statusCode).toBe(404);
      expect((await manage('PUT', `${path}/sealing-key`)).statusCode).toBe(404);
      expect((await manage('DELETE', `${path}/sealing-key`)).statusCode).toBe(404);
    }
  });
});

describe('/sealing-key', () => {
  const own = Buffer.alloc(32, 7).toString('base64');

  it('makes a key or takes one, shows it once, and deletes it', async () => {
    const { id, environmentId, key } = await makeWorkspace('sealed');
    const path = `/workspaces/${id}/environments/${environmentId}`;
    const stored = async () => (await server().store.environments(id))[0]?.sealingKey;

    const made = (await manage('PUT', `${path}/sealing-key`, { key })).json<{ sealingKey: string }>();
    expect(Buffer.from(made.sealingKey, 'base64')).toHaveLength(32);
    expect(await stored()).toBe(made.sealingKey);
    const shown = await manage('GET', path, { key });
    expect(shown.json()).toMatchObject({ hasSealingKey: true });
    expect(shown.body).not.toContain(made.sealingKey);

    const taken = await manage('PUT', `${path}/sealing-key`, { key, body: { sealingKey: own } });
    expect(taken.json()).toEqual({ sealingKey: own, openEnvironments: [] });
    expect(await stored()).toBe(own);

    for (let i = 0; i < 2; i++) expect((await manage('DELETE', `${path}/sealing-key`, { key })).statusCode).toBe(204);
    expect(await stored()).toBeNull();
  });

  it('names the environments that are left open beside it', async () => {
    const { id, environmentId, key } = await makeWorkspace('sealed beside open');
    const environments = `/workspaces/${id}/environments`;
    const staging = (await manage('POST', environments, { key, body: { name: 'staging' } })).json<{ id: string }>();
    const left = async (environment: string) =>
      (await manage('PUT', `${environments}/${environment}/sealing-key`, { key })).json().openEnvironments;
    expect(await left(environmentId)).toEqual([{ id: staging.id, name: 'staging' }]);
    expect(await left(staging.id)).toEqual([]);
    await manage('DELETE', `${environments}/${environmentId}/sealing-key`, { key });
    expect(await left(staging.id)).toEqual([{ id: environmentId, name: 'production' }]);
    // Environments that recognise by themselves anyway lose nothing.
    await manage('PATCH', `/workspaces/${id}`, { key, body: { identity: 'separate' } });
    expect(await left(staging.id)).toEqual([]);
  });

  it.each(['', 'short', `${own}=`, Buffer.alloc(31).toString('base64'), 42, null])('refuses %j', async (sealingKey) => {
    const { workspace, environment } = server().first;
    const path = `/workspaces/${workspace.id}/environments/${environment.id}/sealing-key`;
    const answer = await manage('PUT', path, { body: { sealingKey } });
    expect(answer.statusCode).toBe(400);
    expect((await server().store.environments(workspace.id))[0]?.sealingKey).toBeNull();
  });

  it.each(['null', '[]', '"key"'])('makes no key for a body that is %s', async (body) => {
    const { workspace, environment } = server().first;
    const path = `/workspaces/${workspace.id}/environments/${environment.id}/sealing-key`;
    expect((await manage('PUT', path, { body })).statusCode).toBe(400);
    expect((await server().store.environments(workspace.id))[0]?.sealingKey).toBeNull();
  });

  it('is refused where sealed results are switched off', async () => {
    const { id, environmentId } = await makeWorkspace('unsealed', { disabledFeatures: ['sealedResults'] });
    const answer = await manage('PUT', `/workspaces/${id}/environments/${environmentId}/sealing-key`);
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ error: { code: 'FeatureNotEnabled' } });
  });
});

describe('how many there may be', () => {
  it('is a hundred environments of a workspace', async () => {
    const { id, key } = await makeWorkspace('many');
    const { store } = server();
    for (let count = 1; count < 100; count++) {
      const environment = { ...server().first.environment, workspaceId: id, name: `e${count}` };
      await store.createEnvironment({ ...environment, id: `ae_${String(count).padStart(16, 'e')}` });
    }
    const answer = await manage('POST', `/workspaces/${id}/environments`, { key, body: { name: 'one more' } });
    expect(answer.statusCode).toBe(409);
    expect(answer.json()).toMatchObject({ error: { code: 'TooManyEnvironments' } });
    expect(await store.environments(id)).toHaveLength(100);
  });

  it('is a thousand keys that are not revoked', async () => {
    const { id, make } = await makeWorkspace('many keys');
    for (let count = 1; count < 1_000; count++) await make('secret');
    const create = () => manage('POST', `/workspaces/${id}/keys`, { body: { kind: 'secret' } });
    const refused = await create();
    expect(refused.statusCode).toBe(409);
    expect(refused.json()).toMatchObject({ error: { code: 'TooManyKeys' } });
    const [one] = await server().store.keys(id);
    await manage('DELETE', `/workspaces/${id}/keys/${one?.id}`);
    expect((await create()).statusCode).toBe(201);
  }, 60_000);
});
