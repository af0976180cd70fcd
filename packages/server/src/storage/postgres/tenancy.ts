import type { ApiKey, Environment, Workspace } from '@whorl/contract';
import type { EnvironmentChange, KeyGrant, NewKey, WorkspaceChange } from '../store.ts';
import { type DocumentRow, toDocument } from './documents.ts';
import type { Queries } from './postgres-database.ts';

export const createWorkspace = async (queries: Queries, workspace: Workspace): Promise<void> => {
  await queries.run(
    'INSERT INTO whorl.workspaces (id, created_at, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    workspace.id,
    workspace.createdAt,
    JSON.stringify(workspace),
  );
};

/** Oldest first. */
export const workspaces = async (queries: Queries): Promise<Workspace[]> => {
  const rows = await queries.all<DocumentRow>('SELECT body FROM whorl.workspaces ORDER BY created_at, id');
  return rows.map(toDocument<Workspace>);
};

/** Within a transaction. */
export const changeWorkspace = async (
  queries: Queries,
  workspaceId: string,
  change: WorkspaceChange,
): Promise<Workspace | undefined> => {
  const row = await queries.one<DocumentRow>(
    'SELECT body FROM whorl.workspaces WHERE id = $1 FOR NO KEY UPDATE',
    workspaceId,
  );
  if (row === undefined) return undefined;
  const workspace = { ...toDocument<Workspace>(row), ...change };
  await queries.run('UPDATE whorl.workspaces SET body = $2 WHERE id = $1', workspaceId, JSON.stringify(workspace));
  return workspace;
};

export const createEnvironment = async (queries: Queries, environment: Environment): Promise<void> => {
  await queries.run(
    'INSERT INTO whorl.environments (id, workspace, created_at, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    environment.id,
    environment.workspaceId,
    environment.createdAt,
    JSON.stringify(environment),
  );
};

/** Oldest first. */
export const environments = async (queries: Queries, workspaceId: string): Promise<Environment[]> => {
  const rows = await queries.all<DocumentRow>(
    'SELECT body FROM whorl.environments WHERE workspace = $1 ORDER BY created_at, id',
    workspaceId,
  );
  return rows.map(toDocument<Environment>);
};

/** Within a transaction. */
export const changeEnvironment = async (
  queries: Queries,
  workspaceId: string,
  environmentId: string,
  change: EnvironmentChange,
): Promise<Environment | undefined> => {
  const row = await queries.one<DocumentRow>(
    'SELECT body FROM whorl.environments WHERE id = $1 AND workspace = $2 FOR NO KEY UPDATE',
    environmentId,
    workspaceId,
  );
  if (row === undefined) return undefined;
  const environment = { ...toDocument<Environment>(row), ...change };
  await queries.run(
    'UPDATE whorl.environments SET body = $2 WHERE id = $1',
    environmentId,
    JSON.stringify(environment),
  );
  return environment;
};

type KeyRow = DocumentRow & { revoked_at: number | null };

const toKey = (row: KeyRow): ApiKey => ({ ...toDocument<ApiKey>(row), revokedAt: row.revoked_at });

export const addKey = async (queries: Queries, { key, hash }: NewKey): Promise<boolean> => {
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

type GrantRow = { key: string; workspace: string; environment: string | null };

export const keyByHash = async (queries: Queries, hash: string): Promise<KeyGrant | undefined> => {
  const row = await queries.one<GrantRow>(
    `SELECT k.body AS key, w.body AS workspace, e.body AS environment
     FROM whorl.api_keys k JOIN whorl.workspaces w ON w.id = k.workspace
     LEFT JOIN whorl.environments e ON e.id = k.environment
     WHERE k.hash = $1 AND k.revoked_at IS NULL`,
    hash,
  );
  if (row === undefined) return undefined;
  return {
    key: toDocument<ApiKey>({ body: row.key }),
    workspace: toDocument<Workspace>({ body: row.workspace }),
    environment: row.environment === null ? null : toDocument<Environment>({ body: row.environment }),
  };
};
