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
    expect(taken.json()).toEqual({ sealingKey: own });
    expect(await stored()).toBe(own);

    for (let i = 0; i < 2; i++) expect((await manage('DELETE', `${path}/sealing-key`, { key })).statusCode).toBe(204);
    expect(await stored()).toBeNull();
  });

  it.each(['', 'short', `${own}=`, Buffer.alloc(31).toString('base64'), 42, null])('refuses %j', async (sealingKey) => {
    const { workspace, environment } = server().first;
    const path = `/workspaces/${workspace.id}/environments/${environment.id}/sealing-key`;
    const answer = await manage('PUT', path, { body: { sealingKey } });
    expect(answer.statusCode).toBe(400);
    expect((await server().store.environments(workspace.id))[0]?.sealingKey).toBeNull();
  });

  it('is refused where sealed results are switched off', async () => {
    const { id, environmentId } = await makeWorkspace('unsealed', { disabledFeatures: ['sealedResults'] });
    const answer = await manage('PUT', `/workspaces/${id}/environments/${environmentId}/sealing-key`);
    expect(answer.statusCode).toBe(403);
    expect(answer.json()).toMatchObject({ error: { code: 'FeatureNotEnabled' } });
  });
});
