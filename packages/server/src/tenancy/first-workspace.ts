import { createHmac } from 'node:crypto';
import type { Environment, Workspace } from '@whorl/contract';
import { makeKey } from '../keys/api-key.ts';
import { newEnvironmentId, newWorkspaceId } from '../keys/random-id.ts';
import type { Store } from '../storage/store.ts';

/** The keys of the settings; null where they are not set. */
export type SeedKeys = { publicKey: string | null; secretKey: string | null };

export type FirstWorkspace = {
  workspace: Workspace;
  environment: Environment;
  /** Keys that were made just now and can be shown this once; null where the settings gave them, or they exist already. */
  fresh: { publicKey: string; secretKey: string } | null;
  /** The demo page's own public key: derived, so that it need not be kept to be known. */
  demoKey: string;
};

/** Letters that keys are made of; 20 of them from a 160-bit MAC. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const derivedKey = (secret: Buffer, environmentId: string): string =>
  [...createHmac('sha256', secret).update(environmentId).digest().subarray(0, 20)]
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('');

const createFirst = async (store: Store, now: number): Promise<Workspace> => {
  const workspace: Workspace = { id: newWorkspaceId(), name: 'default', createdAt: now };
  await store.createWorkspace(workspace);
  return workspace;
};

const environmentOf = async (store: Store, workspace: Workspace, now: number): Promise<Environment> => {
  const first = (await store.environments(workspace.id))[0];
  if (first !== undefined) return first;
  const environment: Environment = {
    id: newEnvironmentId(),
    workspaceId: workspace.id,
    name: 'production',
    allowedOrigins: [],
    createdAt: now,
  };
  await store.createEnvironment(environment);
  return environment;
};

/**
 * The first workspace with its environment and keys, made where they are missing. Keys of the settings are added when
 * the store does not know them; without such keys a fresh pair is made the first time. Safe to run at every start.
 */
export const firstWorkspace = async (store: Store, seed: SeedKeys, now: number): Promise<FirstWorkspace> => {
  const workspace = (await store.workspaces())[0] ?? (await createFirst(store, now));
  const environment = await environmentOf(store, workspace, now);
  const publicOwner = { kind: 'public', workspaceId: workspace.id, environmentId: environment.id } as const;
  const secretOwner = { kind: 'secret', workspaceId: workspace.id, environmentId: null } as const;

  const demoKey = derivedKey(await store.secret('demo key'), environment.id);
  const { publicKey, secretKey } = seed;
  let fresh: FirstWorkspace['fresh'] = null;
  if (publicKey !== null && secretKey !== null) {
    await store.addKey(makeKey({ ...publicOwner, name: 'from the settings' }, now, publicKey).stored);
    await store.addKey(makeKey({ ...secretOwner, name: 'from the settings' }, now, secretKey).stored);
  } else if ((await store.keys(workspace.id)).length === 0) {
    const made = {
      public: makeKey({ ...publicOwner, name: 'first' }, now),
      secret: makeKey({ ...secretOwner, name: 'first' }, now),
    };
    await store.addKey(made.public.stored);
    await store.addKey(made.secret.stored);
    fresh = { publicKey: made.public.text, secretKey: made.secret.text };
  }
  await store.addKey(makeKey({ ...publicOwner, name: 'demo page' }, now, demoKey).stored);
  return { workspace, environment, fresh, demoKey };
};
