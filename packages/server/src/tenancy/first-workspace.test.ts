import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashKey, makeKey } from '../keys/api-key.ts';
import { openStore } from '../storage/open-store.ts';
import type { Store } from '../storage/store.ts';
import { firstWorkspace, type Seed } from './first-workspace.ts';

let dataDir: string;
let store: Store;
const none: Seed = { publicKey: null, secretKey: null, region: 'eu', sealingKey: null };
const seeded = (publicKey: string, secretKey: string): Seed => ({ ...none, publicKey, secretKey });

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'whorl-first-'));
  store = await openStore({ dataDir });
  await store.migrate();
});
afterEach(async () => {
  await store.close();
  await rm(dataDir, { recursive: true, force: true });
});

const works = async (key: string) => (await store.keyByHash(hashKey(key))) !== undefined;

describe('firstWorkspace', () => {
  it('makes keys once, and shows them once', async () => {
    const first = await firstWorkspace(store, none, 1);
    expect(await works(first.fresh?.publicKey ?? '')).toBe(true);
    expect(await works(first.fresh?.secretKey ?? '')).toBe(true);
    const again = await firstWorkspace(store, none, 2);
    expect(again).toEqual({ ...first, fresh: null });
  });

  it('shows no new keys where the demo page had another key once, and revokes that', async () => {
    const first = await firstWorkspace(store, none, 1);
    const { workspace, environment } = first;
    const owner = { kind: 'public', workspaceId: workspace.id, environmentId: environment.id } as const;
    const [demo] = (await store.keys(workspace.id)).filter(({ name }) => name === 'demo page');
    expect(demo).toMatchObject({ ...owner, prefix: first.demoKey.slice(0, 5) });
    // As earlier versions derived it.
    const elsewhere = await mkdtemp(join(tmpdir(), 'whorl-first-'));
    const older = await openStore({ dataDir: elsewhere });
    await older.migrate();
    await older.createWorkspace(workspace, environment);
    await older.addKey(makeKey({ ...owner, name: 'demo page' }, 1, 'anotherDemoKey012345').stored);
    await older.addKey(makeKey({ ...owner, name: 'shop' }, 1, 'aKeyOfTheShop0123456').stored);
    const again = await firstWorkspace(older, none, 2);
    expect(again.fresh).toBeNull();
    expect(await older.keyByHash(hashKey(again.demoKey))).toBeDefined();
    expect(await older.keyByHash(hashKey('anotherDemoKey012345'))).toBeUndefined();
    expect(await older.keyByHash(hashKey('aKeyOfTheShop0123456'))).toBeDefined();
    await older.close();
    await rm(elsewhere, { recursive: true, force: true });
  });

  it('makes one workspace, and one pair of keys, when two servers start at once', async () => {
    const other = await openStore({ dataDir });
    const both = await Promise.all([firstWorkspace(store, none, 1), firstWorkspace(other, none, 1)]);
    await other.close();
    expect(await store.workspaces()).toHaveLength(1);
    expect(both.filter(({ fresh }) => fresh !== null)).toHaveLength(1);
    expect(both[0]?.environment).toEqual(both[1]?.environment);
  });

  it('is of the region of the server that makes it, and stays so', async () => {
    expect((await firstWorkspace(store, none, 1)).workspace.region).toBe('eu');
    expect((await firstWorkspace(store, { ...none, region: 'ap' }, 2)).workspace.region).toBe('eu');
  });

  it('takes the keys of the settings, and lets new ones take the place of old ones', async () => {
    await firstWorkspace(store, seeded('public-one', 'secret-one'), 1);
    expect(await works('secret-one')).toBe(true);
    await firstWorkspace(store, seeded('public-one', 'secret-two'), 2);
    expect(await works('public-one')).toBe(true);
    expect(await works('secret-two')).toBe(true);
    expect(await works('secret-one')).toBe(false);
  });

  it('seals the first environment with the key of the settings, and leaves one that was set by hand', async () => {
    const sealed = (sealingKey: string | null) => firstWorkspace(store, { ...none, sealingKey }, 1);
    expect((await sealed(null)).environment.sealingKey).toBeNull();
    expect((await sealed('key one')).environment.sealingKey).toBe('key one');
    const { environment } = await sealed('key two');
    expect(environment.sealingKey).toBe('key two');
    expect((await sealed(null)).environment.sealingKey).toBe('key two');
    await store.changeEnvironment(environment.workspaceId, environment.id, () => ({ sealingKey: null }));
    expect((await sealed(null)).environment.sealingKey).toBeNull();
  });

  it('does not bring a revoked key back to life', async () => {
    const seed = seeded('public-one', 'secret-one');
    const { workspace } = await firstWorkspace(store, seed, 1);
    const key = (await store.keys(workspace.id)).find(({ kind }) => kind === 'secret');
    await store.revokeKey(key?.id ?? '', 2);
    await expect(firstWorkspace(store, seed, 3)).rejects.toThrow('WHORL_SECRET_KEY');
    expect(await works('secret-one')).toBe(false);
  });
});
