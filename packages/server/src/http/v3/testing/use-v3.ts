import type { ApiKey, Environment, Event, V3Event, Workspace } from '@whorl/contract';
import { expect } from 'vitest';
import { makeKey } from '../../../keys/api-key.ts';
import { type EventTraits, sampleRecord } from '../../../storage/testing/sample-event.ts';
import { useTestServer } from '../../../testing/use-test-server.ts';

type Method = 'GET' | 'PUT' | 'DELETE' | 'POST';

/** A request: with the first workspace's secret key unless another is given, or none by null. */
type Sent = {
  key?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
};

/** A test server, and requests to its v3 Server API. */
export const useV3 = () => {
  const kit = useTestServer();
  const { server } = kit;

  const call = (method: Method, url: string, { key = server().secretKey, body, headers = {} }: Sent = {}) =>
    server().app.inject({
      method,
      url,
      headers: {
        ...(key === null ? {} : { 'auth-api-key': key }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    });

  /** Another environment of the first workspace, with a public and a secret key of its own. */
  const addEnvironment = async (id: string): Promise<{ publicKey: string; secretKey: string }> => {
    const { store, first } = server();
    const environment: Environment = {
      id,
      workspaceId: first.workspace.id,
      name: id,
      allowedOrigins: [],
      sealingKey: null,
      createdAt: 0,
    };
    await store.createEnvironment(environment);
    return { publicKey: await addKey('public', id), secretKey: await addKey('secret', id) };
  };

  const addKey = async (kind: ApiKey['kind'], environmentId: string | null): Promise<string> => {
    const { store, first } = server();
    const { text, stored } = makeKey({ kind, workspaceId: first.workspace.id, environmentId, name: '' }, 0);
    await store.addKey(stored);
    return text;
  };

  /** Runs with the first workspace changed, and changes it back. */
  const withWorkspace = async (change: Partial<Omit<Workspace, 'id' | 'createdAt'>>, run: () => Promise<void>) => {
    const { store, first } = server();
    const before = (await store.workspaces()).find(({ id }) => id === first.workspace.id);
    if (before === undefined) throw new Error('the first workspace is gone');
    const { id, createdAt, ...rest } = before;
    await store.changeWorkspace(id, () => change);
    try {
      await run();
    } finally {
      await store.changeWorkspace(id, () => rest);
    }
  };

  /** Records an event of the first environment without a visit; `shape` changes what the traits leave alone. */
  const record = async (traits: EventTraits, shape: (event: Event) => Event = (event) => event): Promise<Event> => {
    const { store, first } = server();
    const owner = { workspaceId: first.workspace.id, environmentId: first.environment.id };
    const sample = sampleRecord({ ...owner, time: Date.now(), ...traits });
    const event = shape(sample.event);
    expect(await store.record([{ ...sample, event }])).toEqual(['recorded']);
    return event;
  };

  /** Records so many events at once, each as `record` does. */
  const recordMany = async (count: number, traits: EventTraits): Promise<void> => {
    const { store, first } = server();
    const owner = { workspaceId: first.workspace.id, environmentId: first.environment.id };
    const records = Array.from({ length: count }, () => sampleRecord({ ...owner, time: Date.now(), ...traits }));
    expect(new Set(await store.record(records))).toEqual(new Set(['recorded']));
  };

  /** Ids of the events that a search finds, in their order. */
  const search = async (query: string, key?: string): Promise<{ ids: string[]; paginationKey?: string }> => {
    const answer = await call('GET', `/events/search?${query}`, key === undefined ? {} : { key });
    expect(answer.statusCode, answer.body).toBe(200);
    const { events, ...rest } = answer.json<{ events: V3Event[]; paginationKey?: string }>();
    return { ids: events.map(({ products }) => products.identification?.data?.requestId ?? ''), ...rest };
  };

  return { ...kit, call, addEnvironment, addKey, withWorkspace, record, recordMany, search };
};
