import { type ApiKey, type Environment, type Workspace, workspaceDefaults } from '@whorl/contract';
import type { Change, EnvironmentChange, KeyChange, KeyGrant, NewKey, WorkspaceChange } from '../store.ts';
import { type DocumentRow, toDocument } from './documents.ts';
import { lockWorkspace } from './lock-workspace.ts';
import type { PostgresDatabase, Queries } from './postgres-database.ts';

/** What a unique name is refused with when it is taken. */
const NAME_TAKEN = { code: '23505', constraints: ['workspaces_name', 'environments_name'] };

const isNameTaken = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  error.code === NAME_TAKEN.code &&
  'constraint' in error &&
  NAME_TAKEN.constraints.includes(String(error.constraint));

/** A transaction that may give something a name. */
const writeName = async <T>(
  database: PostgresDatabase,
  work: (queries: Queries) => Promise<T>,
): Promise<T | 'name-taken'> => {
  try {
    return await database.write(work);
  } catch (error) {
    if (isNameTaken(error)) return 'name-taken';
    throw error;
  }
};

/** As written by this version, or by one that knew less of a workspace. */
type Later = 'linking' | 'suspectWeights' | 'highActivityFloor';
type WrittenWorkspace = Omit<Workspace, Later> & Partial<Workspace>;

/** What an earlier version, which may be running still, said nothing of is as it is for a new workspace. */
const toWorkspace = (row: DocumentRow): Workspace => ({
  linking: workspaceDefaults.linking,
  suspectWeights: workspaceDefaults.suspectWeights,
  highActivityFloor: workspaceDefaults.highActivityFloor,
  ...toDocument<WrittenWorkspace>(row),
});

/** Within a transaction. See `Store.createWorkspace`. */
export const createWorkspace = async (
  queries: Queries,
  workspace: Workspace,
  first?: Environment,
): Promise<boolean> => {
  const created = await queries.run(
    'INSERT INTO whorl.workspaces (id, name, created_at, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    workspace.id,
    workspace.name,
    workspace.createdAt,
    JSON.stringify(workspace),
  );
  if (created === 1 && first !== undefined) await createEnvironment(queries, first);
  return created === 1;
};

export const findWorkspace = async (queries: Queries, workspaceId: string): Promise<Workspace | undefined> => {
  const row = await queries.one<DocumentRow>('SELECT body FROM whorl.workspaces WHERE id = $1', workspaceId);
  return row === undefined ? undefined : toWorkspace(row);
};

/** Oldest first. */
export const workspaces = async (queries: Queries): Promise<Workspace[]> => {
  const rows = await queries.all<DocumentRow>('SELECT body FROM whorl.workspaces ORDER BY created_at, id');
  return rows.map(toWorkspace);
};

export const changeWorkspace = (
  database: PostgresDatabase,
  workspaceId: string,
  change: Change<Workspace, WorkspaceChange>,
): Promise<Workspace | 'name-taken' | undefined> =>
  writeName(database, async (queries) => {
    const row = await queries.one<DocumentRow>(
      'SELECT body FROM whorl.workspaces WHERE id = $1 FOR NO KEY UPDATE',
      workspaceId,
    );
    if (row === undefined) return undefined;
    const known = toWorkspace(row);
    const workspace = { ...known, ...change(known) };
    await queries.run(
      'UPDATE whorl.workspaces SET name = $2, body = $3 WHERE id = $1',
      workspaceId,
      workspace.name,
      JSON.stringify(workspace),
    );
    return workspace;
  });

/** Within a transaction. See `Store.createEnvironment`. */
export const createEnvironment = async (
  queries: Queries,
  environment: Environment,
  most?: number,
): Promise<boolean | 'too-many'> => {
  if (most !== undefined) {
    await lockWorkspace(queries, environment.workspaceId);
    const known = await queries.one<{ count: number }>(
      'SELECT count(*) AS count FROM whorl.environments WHERE workspace = $1',
      environment.workspaceId,
    );
    if ((known?.count ?? 0) >= most) return 'too-many';
  }
  const created = await queries.run(
    `INSERT INTO whorl.environments (id, workspace, name, sealed, created_at, body)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    environment.id,
    environment.workspaceId,
    environment.name,
    environment.sealingKey !== null,
    environment.createdAt,
    JSON.stringify(environment),
  );
  return created === 1;
};

/** Oldest first. */
export const environments = async (queries: Queries, workspaceId: string): Promise<Environment[]> => {
  const rows = await queries.all<DocumentRow>(
    'SELECT body FROM whorl.environments WHERE workspace = $1 ORDER BY created_at, id',
    workspaceId,
  );
  return rows.map(toDocument<Environment>);
};

export const changeEnvironment = (
  database: PostgresDatabase,
  workspaceId: string,
  environmentId: string,
  change: Change<Environment, EnvironmentChange>,
): Promise<Environment | 'name-taken' | undefined> =>
  writeName(database, async (queries) => {
    const row = await queries.one<DocumentRow>(
      'SELECT body FROM whorl.environments WHERE id = $1 AND workspace = $2 FOR NO KEY UPDATE',
      environmentId,
      workspaceId,
    );
    if (row === undefined) return undefined;
    const known = toDocument<Environment>(row);
    const environment = { ...known, ...change(known) };
    await queries.run(
      'UPDATE whorl.environments SET name = $2, sealed = $3, body = $4 WHERE id = $1',
      environmentId,
      environment.name,
      environment.sealingKey !== null,
      JSON.stringify(environment),
    );
    return environment;
  });

type KeyRow = DocumentRow & { revoked_at: number | null };

/** What an earlier version wrote says nothing of signatures, which required none. */
type WrittenKey = Omit<ApiKey, 'requiresSignature'> & Partial<ApiKey>;
const toWrittenKey = (row: DocumentRow): ApiKey => ({ requiresSignature: false, ...toDocument<WrittenKey>(row) });

const toKey = (row: KeyRow): ApiKey => ({ ...toWrittenKey(row), revokedAt: row.revoked_at });

/** Within a transaction. See `Store.addKey`. */
export const addKey = async (queries: Queries, { key, hash }: NewKey, most?: number): Promise<boolean | 'too-many'> => {
  if (most !== undefined) {
    await lockWorkspace(queries, key.workspaceId);
    const live = await queries.one<{ count: number }>(
      'SELECT count(*) AS count FROM whorl.api_keys WHERE workspace = $1 AND revoked_at IS NULL',
      key.workspaceId,
    );
    if ((live?.count ?? 0) >= most) return 'too-many';
  }
  const added = await queries.run(
    `INSERT INTO whorl.api_keys (hash, id, workspace, environment, created_at, revoked_at, body)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (hash) DO NOTHING`,
    hash,
    key.id,
    key.workspaceId,
    key.environmentId,
    key.createdAt,
    key.revokedAt,
    JSON.stringify(key),
  );
  return added === 1;
};

/** Within a transaction. See `Store.changeKey`. */
export const changeKey = async (
  queries: Queries,
  workspaceId: string,
  keyId: string,
  change: KeyChange,
): Promise<ApiKey | undefined> => {
  const row = await queries.one<KeyRow>(
    `SELECT body, revoked_at FROM whorl.api_keys WHERE id = $1 AND workspace = $2 AND revoked_at IS NULL
     FOR NO KEY UPDATE`,
    keyId,
    workspaceId,
  );
  if (row === undefined) return undefined;
  const key = { ...toKey(row), ...change };
  await queries.run('UPDATE whorl.api_keys SET body = $2 WHERE id = $1', keyId, JSON.stringify(key));
  return key;
};

/** Oldest first, revoked ones included. */
export const keys = async (queries: Queries, workspaceId: string): Promise<ApiKey[]> => {
  const rows = await queries.all<KeyRow>(
    'SELECT body, revoked_at FROM whorl.api_keys WHERE workspace = $1 ORDER BY created_at, id',
    workspaceId,
  );
  return rows.map(toKey);
};

export const revokeKey = async (queries: Queries, keyId: string, time: number): Promise<boolean> =>
  (await queries.run('UPDATE whorl.api_keys SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', keyId, time)) ===
  1;

type GrantRow = { key: string; workspace: string; environment: string | null; sealed_beside: boolean };

export const keyByHash = async (queries: Queries, hash: string): Promise<KeyGrant | undefined> => {
  const row = await queries.one<GrantRow>(
    `SELECT k.body AS key, w.body AS workspace, e.body AS environment, EXISTS (
       SELECT 1 FROM whorl.environments o
       WHERE o.workspace = k.workspace AND o.sealed AND o.id IS DISTINCT FROM k.environment) AS sealed_beside
     FROM whorl.api_keys k JOIN whorl.workspaces w ON w.id = k.workspace
     LEFT JOIN whorl.environments e ON e.id = k.environment
     WHERE k.hash = $1 AND k.revoked_at IS NULL`,
    hash,
  );
  if (row === undefined) return undefined;
  return {
    key: toWrittenKey({ body: row.key }),
    workspace: toWorkspace({ body: row.workspace }),
    environment: row.environment === null ? null : toDocument<Environment>({ body: row.environment }),
    sealedBeside: row.sealed_beside,
  };
};
