import type { ApiKey, Environment, Event, Workspace } from '@whorl/contract';
import { expect } from 'vitest';
import { makeKey } from '../keys/api-key.ts';
import { type EventTraits, sampleRecord } from '../storage/testing/sample-event.ts';
import { useTestServer } from './use-test-server.ts';

/** A test server with what the tests of every version of the Server API change about its first workspace. */
export const useServerApi = () => {
  const kit = useTestServer();
  const { server } = kit;

  const addKey = async (kind: ApiKey['kind'], environmentId: string | null): Promise<string> => {
    const { store, first } = server();
    const { text, stored } = makeKey({ kind, workspaceId: first.workspace.id, environmentId, name: '' }, 0);
    await store.addKey(stored);
    return text;
  };

  /** Another environment of the first workspace, with a public and a secret key of its own. */
  const addEnvironment = async (id: string): Promise<{ publicKey: string; secretKey: string }> => {
    const { store, first } = server();
    const owner: Pick<Environment, 'id' | 'workspaceId' | 'name'> = { id, workspaceId: first.workspace.id, name: id };
    await store.createEnvironment({ ...owner, allowedOrigins: [], sealingKey: null, createdAt: 0 });
    return { publicKey: await addKey('public', id), secretKey: await addKey('secret', id) };
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
  const record = async (
    traits: EventTraits = {},
    shape: (event: Event) => Event = (event) => event,
  ): Promise<Event> => {
    const { store, first } = server();
    const owner = { workspaceId: first.workspace.id, environmentId: first.environment.id };
    const sample = sampleRecord({ ...owner, time: Date.now(), ...traits });
    const event = shape(sample.event);
    expect(await store.record([{ ...sample, event }])).toEqual(['recorded']);
    return event;
  };

  return { ...kit, addKey, addEnvironment, withWorkspace, record };
};
