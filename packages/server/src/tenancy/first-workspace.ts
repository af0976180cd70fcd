import { createHmac } from 'node:crypto';
import { type Environment, type Region, type Workspace, workspaceDefaults } from '@whorl/contract';
import { type KeyOwner, makeKey } from '../keys/api-key.ts';
import { derivedText } from '../keys/random-id.ts';
import type { NewKey, Store } from '../storage/store.ts';
import { FIRST_ENVIRONMENT, newEnvironment } from './create-workspace.ts';

/** What the settings say of the first workspace; null where a key is not set. */
export type Seed = { publicKey: string | null; secretKey: string | null; region: Region; sealingKey: string | null };

export type FirstWorkspace = {
  workspace: Workspace;
  environment: Environment;
  /** Keys that were made just now and can be shown this once; null where the settings gave them, or they exist already. */
  fresh: { publicKey: string; secretKey: string } | null;
  /** The demo page's own public key: derived, so that it need not be kept to be known. */
  demoKey: string;
};

/** Name that keys of the settings are kept under. */
const FROM_SETTINGS = 'from the settings';

/** Name that the demo page's key is kept under. */
const DEMO = 'demo page';

/** An id that every process makes alike, so that two that start at once agree on the first workspace. */
const derivedId = (secret: Buffer, prefix: string): string =>
  `${prefix}_${createHmac('sha256', secret).update(prefix).digest('hex').slice(0, 16)}`;

const workspaceOf = async (store: Store, seed: Seed, now: number): Promise<Workspace> => {
  const known = (await store.workspaces())[0];
  if (known !== undefined) return known;
  const id = derivedId(await store.secret('first workspace'), 'ws');
  const workspace: Workspace = { ...workspaceDefaults, id, name: 'default', createdAt: now, region: seed.region };
  await store.createWorkspace(workspace);
  return (await store.workspaces())[0] ?? workspace;
};

const environmentOf = async (store: Store, workspace: Workspace, now: number): Promise<Environment> => {
  const known = (await store.environments(workspace.id))[0];
  if (known !== undefined) return known;
  const id = derivedId(await store.secret('first workspace'), 'ae');
  const environment = newEnvironment(workspace.id, { id, name: FIRST_ENVIRONMENT }, now);
  await store.createEnvironment(environment);
  return (await store.environments(workspace.id))[0] ?? environment;
};

/** The environment with the sealing key of the settings. Without one it keeps what it has: commands set keys, too. */
const sealedBy = async (store: Store, environment: Environment, sealingKey: string | null): Promise<Environment> => {
  if (sealingKey === null || sealingKey === environment.sealingKey) return environment;
  await store.changeEnvironment(environment.workspaceId, environment.id, () => ({ sealingKey }));
  return { ...environment, sealingKey };
};

/** The settings hold a key that was revoked: it must not come back to life, and would only be refused. */
export class RevokedKeyError extends Error {
  override readonly name = 'RevokedKeyError';

  constructor(kind: KeyOwner['kind']) {
    super(`WHORL_${kind.toUpperCase()}_KEY is a key that has been revoked; choose another one.`);
  }
}

/** Revokes the keys of the same kind and name that this one takes the place of. */
const revokeReplaced = async (store: Store, { key }: NewKey, now: number): Promise<void> => {
  for (const { id, name, kind, revokedAt } of await store.keys(key.workspaceId)) {
    const isReplaced = name === key.name && kind === key.kind && id !== key.id;
    if (isReplaced && revokedAt === null) await store.revokeKey(id, now);
  }
};

/** Adds a key of the settings. A key that it takes the place of is revoked: whoever changes a key wants the old one gone. */
const addFromSettings = async (store: Store, owner: Omit<KeyOwner, 'name'>, text: string, now: number) => {
  const { stored } = makeKey({ ...owner, name: FROM_SETTINGS }, now, text);
  if (!(await store.addKey(stored))) {
    if ((await store.keyByHash(stored.hash)) === undefined) throw new RevokedKeyError(owner.kind);
    return;
  }
  await revokeReplaced(store, stored, now);
};

/**
 * The first workspace with its environment and keys, made where they are missing. Keys of the settings are added when
 * the store does not know them; without such keys a fresh pair is made the first time. Safe to run at every start, and
 * by several processes at once.
 */
export const firstWorkspace = async (store: Store, seed: Seed, now: number): Promise<FirstWorkspace> => {
  const workspace = await workspaceOf(store, seed, now);
  const environment = await sealedBy(store, await environmentOf(store, workspace, now), seed.sealingKey);
  const publicOwner = { kind: 'public', workspaceId: workspace.id, environmentId: environment.id } as const;
  const secretOwner = { kind: 'secret', workspaceId: workspace.id, environmentId: null } as const;

  const demoKey = derivedText(20, await store.secret('demo key'), environment.id);
  const known = (await store.keys(workspace.id)).some(({ name }) => name === DEMO);
  // The same key in every process, and added once: whoever adds it is the first to start here.
  const { stored } = makeKey({ ...publicOwner, name: DEMO }, now, demoKey);
  const added = await store.addKey(stored);
  // The page had another key where an earlier version derived it in another way.
  if (added) await revokeReplaced(store, stored, now);
  const first = added === true && !known;
  const { publicKey, secretKey } = seed;
  if (publicKey !== null && secretKey !== null) {
    await addFromSettings(store, publicOwner, publicKey, now);
    await addFromSettings(store, secretOwner, secretKey, now);
    return { workspace, environment, fresh: null, demoKey };
  }
  if (!first) return { workspace, environment, fresh: null, demoKey };
  const made = {
    public: makeKey({ ...publicOwner, name: 'first' }, now),
    secret: makeKey({ ...secretOwner, name: 'first' }, now),
  };
  await store.addKey(made.public.stored);
  await store.addKey(made.secret.stored);
  return { workspace, environment, fresh: { publicKey: made.public.text, secretKey: made.secret.text }, demoKey };
};
