import type { ApiKey, Environment, Workspace } from '@whorl/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { ENVIRONMENT, OTHER_WORKSPACE, WORKSPACE } from '../sample-event.ts';
import type { Opened } from '../store-suite.ts';

const workspace: Workspace = { id: WORKSPACE, name: 'Obchod „U Víru“ 🌀', createdAt: 1_700_000_000_000 };
const other: Workspace = { id: OTHER_WORKSPACE, name: 'other', createdAt: 1_600_000_000_000 };
const environment: Environment = {
  id: ENVIRONMENT,
  workspaceId: WORKSPACE,
  name: 'production',
  allowedOrigins: ['https://shop.example', 'https://shop.example:8443'],
  createdAt: 1_700_000_000_001,
};

const key = (traits: Partial<ApiKey> & { id: string }): ApiKey => ({
  kind: 'secret',
  workspaceId: WORKSPACE,
  environmentId: null,
  name: 'backend',
  prefix: 'AbCdEf',
  createdAt: 1_700_000_000_002,
  revokedAt: null,
  ...traits,
});

export const describeTenancy = (opened: Opened): void => {
  describe('workspaces and environments', () => {
    it('are none at first, and then come oldest first', async () => {
      const { store } = opened();
      expect(await store.workspaces()).toEqual([]);
      await store.createWorkspace(workspace);
      await store.createWorkspace(other);
      expect(await store.workspaces()).toEqual([other, workspace]);
      const staging = { ...environment, id: 'ae_00000000000000c3', name: 'staging', allowedOrigins: [], createdAt: 5 };
      await store.createEnvironment(environment);
      await store.createEnvironment(staging);
      expect(await store.environments(WORKSPACE)).toEqual([staging, environment]);
      expect(await store.environments(OTHER_WORKSPACE)).toEqual([]);
    });

    it('have each id once, and no environment has no workspace', async () => {
      const { store } = opened();
      await store.createWorkspace(workspace);
      await store.createWorkspace({ ...workspace, name: 'again' });
      await expect(store.createEnvironment({ ...environment, workspaceId: OTHER_WORKSPACE })).rejects.toThrow();
      expect(await store.workspaces()).toEqual([workspace]);
    });

    it('changes the origins of one environment', async () => {
      const { store } = opened();
      await store.createWorkspace(workspace);
      await store.createEnvironment(environment);
      expect(await store.setAllowedOrigins(ENVIRONMENT, ['https://new.example'])).toBe(true);
      expect(await store.environments(WORKSPACE)).toEqual([
        { ...environment, allowedOrigins: ['https://new.example'] },
      ]);
      expect(await store.setAllowedOrigins(ENVIRONMENT, [])).toBe(true);
      expect((await store.environments(WORKSPACE))[0]?.allowedOrigins).toEqual([]);
      expect(await store.setAllowedOrigins('ae_ffffffffffffffff', [])).toBe(false);
    });
  });

  describe('keys', () => {
    const secretKey = key({ id: 'key_1' });
    const publicKey = key({ id: 'key_2', kind: 'public', environmentId: ENVIRONMENT, createdAt: 1_700_000_000_003 });

    beforeEach(async () => {
      const { store } = opened();
      await store.createWorkspace(workspace);
      await store.createEnvironment(environment);
    });

    it('grant what they are for', async () => {
      const { store } = opened();
      expect(await store.addKey({ key: secretKey, hash: 'a'.repeat(64) })).toBe(true);
      expect(await store.addKey({ key: publicKey, hash: 'b'.repeat(64) })).toBe(true);
      expect(await store.keyByHash('a'.repeat(64))).toEqual({ key: secretKey, workspace, environment: null });
      expect(await store.keyByHash('b'.repeat(64))).toEqual({ key: publicKey, workspace, environment });
      expect(await store.keyByHash('c'.repeat(64))).toBeUndefined();
      expect(await store.keyByHash('')).toBeUndefined();
      expect(await store.keys(WORKSPACE)).toEqual([secretKey, publicKey]);
      expect(await store.keys(OTHER_WORKSPACE)).toEqual([]);
    });

    it('are stored once: a known hash changes nothing', async () => {
      const { store } = opened();
      await store.addKey({ key: secretKey, hash: 'a'.repeat(64) });
      expect(await store.addKey({ key: publicKey, hash: 'a'.repeat(64) })).toBe(false);
      expect(await store.keys(WORKSPACE)).toEqual([secretKey]);
      expect((await store.keyByHash('a'.repeat(64)))?.key).toEqual(secretKey);
    });

    it('grant nothing once revoked, are listed still, and are revoked once', async () => {
      const { store, reopen } = opened();
      await store.addKey({ key: secretKey, hash: 'a'.repeat(64) });
      const elsewhere = await reopen();
      expect(await store.revokeKey('key_1', 1_800_000_000_000)).toBe(true);
      expect(await store.keyByHash('a'.repeat(64))).toBeUndefined();
      expect(await elsewhere.keyByHash('a'.repeat(64))).toBeUndefined();
      expect(await store.revokeKey('key_1', 1_900_000_000_000)).toBe(false);
      expect(await store.revokeKey('key_unknown', 1)).toBe(false);
      expect(await store.keys(WORKSPACE)).toEqual([{ ...secretKey, revokedAt: 1_800_000_000_000 }]);
    });

    it('cannot come back after they were revoked by being added again', async () => {
      const { store } = opened();
      await store.addKey({ key: secretKey, hash: 'a'.repeat(64) });
      await store.revokeKey('key_1', 1);
      expect(await store.addKey({ key: { ...secretKey, id: 'key_3' }, hash: 'a'.repeat(64) })).toBe(false);
      expect(await store.keyByHash('a'.repeat(64))).toBeUndefined();
    });
  });
};
