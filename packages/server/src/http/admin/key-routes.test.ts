import { describe, expect, it } from 'vitest';
import { signingKeyOf } from '../../keys/app-signature.ts';
import { useManagement } from '../../testing/use-management.ts';

const { server, manage, makeWorkspace, send, visit, read } = useManagement();

type Created = { id: string; text: string; kind: string; prefix: string; requiresSignature: boolean };

const keysOf = (workspaceId = server().first.workspace.id) => `/workspaces/${workspaceId}/keys`;

/** A new key of the first workspace. */
const make = async (body: object): Promise<Created> => {
  const answer = await manage('POST', keysOf(), { body });
  expect(answer.statusCode, answer.body).toBe(201);
  return answer.json();
};

const makePublic = (more: object = {}) =>
  make({ kind: 'public', environmentId: server().first.environment.id, ...more });

describe('/keys', () => {
  it('creates keys that work at once, lists them without their texts, and revokes them', async () => {
    const { workspace, environment } = server().first;
    const path = keysOf(workspace.id);
    const page = await makePublic({ name: 'web' });
    const backend = await make({ kind: 'secret' });
    const limited = await make({ kind: 'secret', environmentId: environment.id });
    const manager = await make({ kind: 'management' });

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
    [{ kind: 'secret', requiresSignature: true }, '/requiresSignature'],
    [{ kind: 'management', requiresSignature: true }, '/requiresSignature'],
    [{ kind: 'secret', requiresSignature: 'yes' }, '/requiresSignature'],
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

describe('/keys/{keyId}', () => {
  it('requires signatures from when it is told to, until it is told not to', async () => {
    const key = await makePublic();
    expect(key.requiresSignature).toBe(false);
    expect((await makePublic({ requiresSignature: true })).requiresSignature).toBe(true);
    for (const requiresSignature of [true, false]) {
      const changed = await manage('PATCH', `${keysOf()}/${key.id}`, { body: { requiresSignature } });
      const { text: _, ...listed } = key;
      expect(changed.json()).toEqual({ ...listed, requiresSignature });
      const { items } = (await manage('GET', keysOf())).json<{ items: Created[] }>();
      expect(items.find(({ id }) => id === key.id)).toEqual(changed.json());
    }
    await manage('PATCH', `${keysOf()}/${key.id}`, { body: { requiresSignature: true } });
    expect((await manage('PATCH', `${keysOf()}/${key.id}`, { body: {} })).json()).toMatchObject({
      requiresSignature: true,
    });
  });

  it.each([{ requiresSignature: null }, { requiresSignature: 1 }, { kind: 'public' }])('refuses %j', async (body) => {
    const answer = await manage('PATCH', `${keysOf()}/${(await makePublic()).id}`, { body });
    expect(answer.statusCode).toBe(400);
  });

  it('gives the signing key, the same each time and to each who may manage keys', async () => {
    const [one, two] = [await makePublic(), await makePublic()];
    const manager = await make({ kind: 'management' });
    const read = async (id: string, key?: string) =>
      (await manage('GET', `${keysOf()}/${id}/signing-key`, key === undefined ? {} : { key })).json();
    const { store } = server();
    expect(await read(one.id)).toEqual({ id: one.id, signingKey: signingKeyOf(await store.secret('app'), one.id) });
    expect(await read(one.id, manager.text)).toEqual(await read(one.id));
    expect(await read(two.id)).not.toEqual(await read(one.id));
  });

  it('gives it to no other key', async () => {
    const page = await makePublic();
    const secret = await make({ kind: 'secret' });
    const outside = await makeWorkspace('elsewhere');
    const read = async (key: string, workspaceId?: string) =>
      (await manage('GET', `${keysOf(workspaceId)}/${page.id}/signing-key`, { key })).statusCode;
    expect([await read(page.text), await read(secret.text), await read('')]).toEqual([401, 401, 401]);
    expect([await read(outside.key), await read(outside.key, outside.id)]).toEqual([404, 404]);
  });

  it('has neither for a key that is secret, revoked, or not there', async () => {
    const secret = await make({ kind: 'secret' });
    const revoked = await makePublic();
    await manage('DELETE', `${keysOf()}/${revoked.id}`);
    for (const [id, status, code] of [
      [secret.id, 409, 'NotAPublicKey'],
      [revoked.id, 409, 'KeyRevoked'],
      ['key_none', 404, 'KeyNotFound'],
    ] as const) {
      const path = `${keysOf()}/${id}`;
      const refused = [
        await manage('GET', `${path}/signing-key`),
        await manage('PATCH', path, { body: { requiresSignature: true } }),
      ];
      for (const answer of refused) {
        expect(answer.statusCode).toBe(status);
        expect(answer.json()).toMatchObject({ error: { code } });
      }
    }
  });
});
