import { adminEndpoints, adminErrors, type Endpoint, edgeEndpoints, type KeyKind } from '@whorl/contract';
import type { LightMyRequestResponse } from 'fastify';
import { Compile, type Validator } from 'typebox/compile';
import { expect } from 'vitest';
import { makeKey } from '../keys/api-key.ts';
import { useTestServer } from './use-test-server.ts';

type Documented = { endpoint: Endpoint; path: RegExp; answer: Validator | null };

const documented: Documented[] = [...adminEndpoints, ...edgeEndpoints].map((endpoint: Endpoint) => ({
  endpoint,
  path: new RegExp(`^${endpoint.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  answer: endpoint.answer.schema === undefined ? null : Compile(endpoint.answer.schema),
}));

/** Sees that an answer is one of those that the endpoint's documentation names, in the form that it promises. */
export const expectDocumented = (method: string, path: string, answer: LightMyRequestResponse): void => {
  const found = documented.find((each) => each.endpoint.method === method && each.path.test(path));
  if (found === undefined) throw new Error(`${method} ${path} is not documented`);
  if (answer.statusCode === found.endpoint.answer.status) {
    if (found.answer === null) expect(answer.body).toBe('');
    else expect([...found.answer.Errors(answer.json())]).toEqual([]);
    return;
  }
  const { error } = answer.json<{ error: { code: string; message: string } }>();
  const allowed = found.endpoint.errors.map((name) => adminErrors[name as keyof typeof adminErrors]);
  expect(allowed.map(({ status, code }) => ({ status, code }))).toContainEqual({
    status: answer.statusCode,
    code: error.code,
  });
  expect(error.message).not.toBe('');
};

type Sent = { key?: string; body?: unknown; headers?: Record<string, string>; ip?: string };

/** A server with its management API, each answer of which is held against the documentation. */
export const useManagement = () => {
  const { server, ...rest } = useTestServer();

  const manage = async (
    method: Endpoint['method'],
    path: string,
    { key = server().managementKey, body, headers = {}, ip = '198.51.100.1' }: Sent = {},
  ) => {
    const url = `/admin/v1${path}`;
    const answer = await server().app.inject({
      method,
      url,
      headers: {
        ...(key === '' ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        'x-forwarded-for': ip,
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    expectDocumented(method, url.split('?')[0] ?? url, answer);
    return answer;
  };

  /** A new workspace with its environment and a management key of its own. */
  const makeWorkspace = async (name: string, more: Record<string, unknown> = {}) => {
    const created = await manage('POST', '/workspaces', { body: { name, ...more } });
    expect(created.statusCode, created.body).toBe(201);
    const { workspace, environment } = created.json<{ workspace: { id: string }; environment: { id: string } }>();
    const make = async (kind: KeyKind, environmentId: string | null = null): Promise<string> => {
      const { text, stored } = makeKey({ kind, workspaceId: workspace.id, environmentId, name: '' }, Date.now());
      await server().store.addKey(stored);
      return text;
    };
    return { id: workspace.id, environmentId: environment.id, key: await make('management'), make };
  };

  return { server, manage, makeWorkspace, ...rest };
};
