import { describe, expect, it } from 'vitest';
import { WORKSPACE } from '../testing/sample-event.ts';
import { sampleEnvironment, sampleWorkspace } from '../testing/sample-tenancy.ts';
import { openPostgresStore } from './open-postgres-store.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { usePostgres } from './testing/use-postgres.ts';

const postgres = usePostgres();
const workspace = sampleWorkspace({ identity: 'separate' });
const key = { id: 'key_1', kind: 'secret', workspaceId: WORKSPACE, environmentId: null, name: 'backend' } as const;

describe('a workspace that an earlier version wrote', () => {
  it('has the default of what that version knew nothing of, wherever it is read, and then what it is told', async () => {
    const { url } = await postgres.migrated();
    const [store, before] = [await openPostgresStore(url), new PostgresDatabase(url)];
    const { linking, suspectWeights, highActivityFloor, ...written } = workspace;
    await before.run(
      'INSERT INTO whorl.workspaces (id, name, created_at, body) VALUES ($1, $2, $3, $4)',
      written.id,
      written.name,
      written.createdAt,
      JSON.stringify(written),
    );
    await store.createEnvironment(sampleEnvironment());
    await store.addKey({
      key: { ...key, prefix: 'AbC', createdAt: 7, revokedAt: null, requiresSignature: false },
      hash: 'hash',
    });
    const reads = async () => [
      await store.workspace(WORKSPACE),
      ...(await store.workspaces()),
      (await store.keyByHash('hash'))?.workspace,
    ];
    expect([linking, suspectWeights, highActivityFloor]).toEqual(['default', {}, null]);
    expect(await reads()).toEqual([workspace, workspace, workspace]);
    expect(await store.changeWorkspace(WORKSPACE, ({ linking }) => ({ name: linking }))).toMatchObject({
      name: 'default',
    });
    await store.changeWorkspace(WORKSPACE, () => ({ linking: 'strict' }));
    const told = { ...workspace, name: 'default', linking: 'strict' };
    expect(await reads()).toEqual([told, told, told]);
    await Promise.all([store.close(), before.close()]);
  });
});

describe('a key that an earlier version wrote', () => {
  it('requires no signature until it is told to', async () => {
    const { url } = await postgres.migrated();
    const [store, before] = [await openPostgresStore(url), new PostgresDatabase(url)];
    await store.createWorkspace(workspace);
    const written = { ...key, prefix: 'AbC', createdAt: 7, revokedAt: null };
    await before.run(
      'INSERT INTO whorl.api_keys (hash, id, workspace, created_at, body) VALUES ($1, $2, $3, $4, $5)',
      'hash',
      key.id,
      WORKSPACE,
      written.createdAt,
      JSON.stringify(written),
    );
    const reads = async () => [...(await store.keys(WORKSPACE)), (await store.keyByHash('hash'))?.key];
    const known = { ...written, requiresSignature: false };
    expect(await reads()).toEqual([known, known]);
    const told = { ...written, requiresSignature: true };
    expect(await store.changeKey(WORKSPACE, key.id, { requiresSignature: true })).toEqual(told);
    expect(await reads()).toEqual([told, told]);
    await Promise.all([store.close(), before.close()]);
  });
});
