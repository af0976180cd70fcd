import type { ApiKey } from '@whorl/contract';
import { beforeEach, describe, expect, it } from 'vitest';
import { ENVIRONMENT, OTHER_WORKSPACE, WORKSPACE } from '../sample-event.ts';
import { sampleEnvironment, sampleWorkspace } from '../sample-tenancy.ts';
import type { Opened } from '../store-suite.ts';

const workspace = sampleWorkspace();
const environment = sampleEnvironment();

const key = (traits: Partial<ApiKey> & { id: string }): ApiKey => ({
  kind: 'secret',
  workspaceId: WORKSPACE,
  environmentId: null,
  name: 'backend',
  prefix: 'AbCdEf',
  createdAt: 1_700_000_000_002,
  revokedAt: null,
  requiresSignature: false,
  ...traits,
});

export const describeApiKeys = (opened: Opened): void => {
  describe('keys', () => {
    const secretKey = key({ id: 'key_1' });
    const publicKey = key({ id: 'key_2', kind: 'public', environmentId: ENVIRONMENT, createdAt: 1_700_000_000_003 });
    const managementKey = key({ id: 'key_4', kind: 'management', createdAt: 1_700_000_000_004 });

    beforeEach(async () => {
      const { store } = opened();
      await store.createWorkspace(workspace);
      await store.createEnvironment(environment);
    });

    it('are no more than a workspace may have, those that are revoked not counted', async () => {
      const { store } = opened();
      const add = (at: number) =>
        store.addKey({ key: { ...secretKey, id: `key_many${at}` }, hash: `${at}`.padStart(64, 'e') }, 3);
      const outcomes = await Promise.all([1, 2, 3, 4, 5, 6].map(add));
      expect(outcomes.filter((outcome) => outcome === true)).toHaveLength(3);
      expect(outcomes.filter((outcome) => outcome === 'too-many')).toHaveLength(3);
      const [one] = await store.keys(secretKey.workspaceId);
      await store.revokeKey(one?.id ?? '', 1);
      expect(await add(7)).toBe(true);
      expect(await add(8)).toBe('too-many');
    });

    it('grant what they are for', async () => {
      const { store } = opened();
      expect(await store.addKey({ key: secretKey, hash: 'a'.repeat(64) })).toBe(true);
      expect(await store.addKey({ key: publicKey, hash: 'b'.repeat(64) })).toBe(true);
      expect(await store.keyByHash('a'.repeat(64))).toEqual({
        key: secretKey,
        workspace,
        environment: null,
        sealedBeside: false,
      });
      expect(await store.keyByHash('b'.repeat(64))).toEqual({
        key: publicKey,
        workspace,
        environment,
        sealedBeside: false,
      });
      expect(await store.addKey({ key: managementKey, hash: 'd'.repeat(64) })).toBe(true);
      expect(await store.keyByHash('d'.repeat(64))).toEqual({
        key: managementKey,
        workspace,
        environment: null,
        sealedBeside: false,
      });
      expect(await store.keyByHash('c'.repeat(64))).toBeUndefined();
      expect(await store.keyByHash('')).toBeUndefined();
      expect(await store.keys(WORKSPACE)).toEqual([secretKey, publicKey, managementKey]);
      expect(await store.keys(OTHER_WORKSPACE)).toEqual([]);
    });

    it('tell whether another environment than their own is sealed', async () => {
      const { store } = opened();
      const staging = sampleEnvironment({ id: 'ae_00000000000000c3', name: 'staging', sealingKey: null });
      await store.createEnvironment(staging);
      await store.addKey({ key: secretKey, hash: 'a'.repeat(64) });
      await store.addKey({ key: publicKey, hash: 'b'.repeat(64) });
      const seal = (id: string, sealingKey: string | null) =>
        store.changeEnvironment(WORKSPACE, id, () => ({ sealingKey }));
      const told = async () => [
        (await store.keyByHash('a'.repeat(64)))?.sealedBeside,
        (await store.keyByHash('b'.repeat(64)))?.sealedBeside,
      ];
      await seal(ENVIRONMENT, null);
      expect(await told()).toEqual([false, false]);
      await seal(ENVIRONMENT, 'key');
      expect(await told()).toEqual([true, false]);
      await seal(staging.id, 'key');
      expect(await told()).toEqual([true, true]);
      await seal(ENVIRONMENT, null);
      expect(await told()).toEqual([true, true]);
      await seal(staging.id, null);
      await store.createEnvironment(sampleEnvironment({ id: 'ae_00000000000000d4', name: 'new', sealingKey: 'key' }));
      expect(await told()).toEqual([true, true]);
    });

    it('are stored once: a known hash changes nothing', async () => {
      const { store } = opened();
      await store.addKey({ key: secretKey, hash: 'a'.repeat(64) });
      expect(await store.addKey({ key: publicKey, hash: 'a'.repeat(64) })).toBe(false);
      expect(await store.keys(WORKSPACE)).toEqual([secretKey]);
      expect((await store.keyByHash('a'.repeat(64)))?.key).toEqual(secretKey);
    });

    it('require signatures from when they are told to, and what was not asked for stays', async () => {
      const { store, reopen } = opened();
      const required = key({ id: 'key_5', kind: 'public', environmentId: ENVIRONMENT, requiresSignature: true });
      await store.addKey({ key: publicKey, hash: 'b'.repeat(64) });
      await store.addKey({ key: required, hash: 'e'.repeat(64) });
      const elsewhere = await reopen();
      expect(await store.keys(WORKSPACE)).toEqual(expect.arrayContaining([publicKey, required]));
      const changed = { ...publicKey, requiresSignature: true };
      expect(await store.changeKey(WORKSPACE, publicKey.id, { requiresSignature: true })).toEqual(changed);
      expect((await store.keyByHash('b'.repeat(64)))?.key).toEqual(changed);
      expect((await elsewhere.keyByHash('b'.repeat(64)))?.key).toEqual(changed);
      expect(await elsewhere.keys(WORKSPACE)).toEqual(expect.arrayContaining([changed, required]));
      expect(await store.changeKey(WORKSPACE, publicKey.id, { requiresSignature: false })).toEqual(publicKey);
      expect((await store.keyByHash('b'.repeat(64)))?.key).toEqual(publicKey);
    });

    it('change in their own workspace alone, and no more once revoked', async () => {
      const { store } = opened();
      await store.addKey({ key: publicKey, hash: 'b'.repeat(64) });
      const wish = { requiresSignature: true };
      expect(await store.changeKey(OTHER_WORKSPACE, publicKey.id, wish)).toBeUndefined();
      expect(await store.changeKey(WORKSPACE, 'key_unknown', wish)).toBeUndefined();
      await store.revokeKey(publicKey.id, 1);
      expect(await store.changeKey(WORKSPACE, publicKey.id, wish)).toBeUndefined();
      expect(await store.keys(WORKSPACE)).toEqual([{ ...publicKey, revokedAt: 1 }]);
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
