import { describe, expect, it } from 'vitest';
import { useManagement } from '../../testing/use-management.ts';

const { server, manage, makeWorkspace, send, visit, read } = useManagement();

type Created = { id: string; text: string; kind: string; prefix: string };

describe('/keys', () => {
  it('creates keys that work at once, lists them without their texts, and revokes them', async () => {
    const { workspace, environment } = server().first;
    const path = `/workspaces/${workspace.id}/keys`;
    const create = async (body: object): Promise<Created> => {
      const answer = await manage('POST', path, { body });
      expect(answer.statusCode, answer.body).toBe(201);
      return answer.json();
    };
    const page = await create({ kind: 'public', environmentId: environment.id, name: 'web' });
    const backend = await create({ kind: 'secret' });
    const limited = await create({ kind: 'secret', environmentId: environment.id });
    const manager = await create({ kind: 'management' });

    const { requestId } = await visit({ key: page.text });
    for (const { text } of [backend, limited]) {
      expect((await read(requestId, { 'auth-api-key': text })).statusCode).toBe(200);
    }
    expect((await manage('GET', path, { key: manager.text })).statusCode).toBe(200);

    const listed = await manage('GET', path);
    for (const { id, text, prefix } of [page, backend, limited, manager]) {
      expect(listed.body).toContain(id);
      expect(listed.body).toContain(prefix);
      expect(listed.body).not.toContain(text);
    }

    const revoked = await manage('DELETE', `${path}/${page.id}`);
    expect(revoked.json()).toMatchObject({ id: page.id, revokedAt: expect.any(Number) });
    expect((await send({ key: page.text })).statusCode).toBe(403);
    const again = await manage('DELETE', `${path}/${page.id}`);
    expect(again.statusCode).toBe(409);
    const { items } = (await manage('GET', path)).json<{ items: { id: string }[] }>();
    expect(items.find(({ id }) => id === page.id)).toEqual(revoked.json());
  });

  it.each([
    [{}, '/kind'],
    [{ kind: 'root' }, '/kind'],
    [{ kind: 'public' }, '/environmentId'],
    [{ kind: 'public', environmentId: null }, '/environmentId'],
    [{ kind: 'secret', environmentId: '' }, '/environmentId'],
    [{ kind: 'management', environmentId: 'ae_0000000000000000' }, '/environmentId'],
    [{ kind: 'secret', name: 'a\u0000b' }, '/name'],
    [{ kind: 'secret', text: 'keyOfMyOwn' }, '/text'],
  ])('refuses %j for %s', async (body, field) => {
    const answer = await manage('POST', `/workspaces/${server().first.workspace.id}/keys`, { body });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: { code: 'RequestCannotBeParsed', detail: [{ field }] } });
  });

  it('makes no key for an environment of another workspace', async () => {
    const { id } = await makeWorkspace('without');
    const body = { kind: 'secret', environmentId: server().first.environment.id };
    const answer = await manage('POST', `/workspaces/${id}/keys`, { body });
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ error: { code: 'EnvironmentNotFound' } });
  });

  it('revokes no key of another workspace', async () => {
    const { id } = await makeWorkspace('outside');
    const theirs = (await server().store.keys(server().first.workspace.id))[0];
    const answer = await manage('DELETE', `/workspaces/${id}/keys/${theirs?.id}`);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ error: { code: 'KeyNotFound' } });
    expect((await server().store.keys(server().first.workspace.id))[0]?.revokedAt).toBeNull();
  });
});
