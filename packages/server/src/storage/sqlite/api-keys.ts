import type { ApiKey } from '@whorl/contract';
import type { KeyChange, KeyGrant, NewKey } from '../store.ts';
import type { SqliteDatabase } from './sqlite-database.ts';
import { type EnvironmentRow, toEnvironment, toWorkspace, type WorkspaceRow } from './tenancy.ts';

type KeyRow = {
  id: string;
  kind: ApiKey['kind'];
  workspace_id: string;
  environment_id: string | null;
  name: string;
  prefix: string;
  created_at: number;
  revoked_at: number | null;
  requires_signature: number;
};

const toKey = (row: KeyRow): ApiKey => ({
  id: row.id,
  kind: row.kind,
  workspaceId: row.workspace_id,
  environmentId: row.environment_id,
  name: row.name,
  prefix: row.prefix,
  createdAt: row.created_at,
  revokedAt: row.revoked_at,
  requiresSignature: row.requires_signature === 1,
});

/** Within a transaction. See `Store.addKey`. */
export const addKey = (
  database: SqliteDatabase,
  { key, hash }: NewKey,
  most = Number.POSITIVE_INFINITY,
): boolean | 'too-many' => {
  const live = database.one<{ count: number }>(
    'SELECT count(*) AS count FROM api_keys WHERE workspace_id = ? AND revoked_at IS NULL',
    key.workspaceId,
  );
  if ((live?.count ?? 0) >= most) return 'too-many';
  const { changes } = database.run(
    `INSERT INTO api_keys (id, hash, kind, workspace_id, environment_id, name, prefix, created_at, revoked_at,
       requires_signature)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING`,
    key.id,
    hash,
    key.kind,
    key.workspaceId,
    key.environmentId,
    key.name,
    key.prefix,
    key.createdAt,
    key.revokedAt,
    Number(key.requiresSignature),
  );
  return changes === 1;
};

/** Within a transaction. See `Store.changeKey`. */
export const changeKey = (
  database: SqliteDatabase,
  workspaceId: string,
  keyId: string,
  { requiresSignature }: KeyChange,
): ApiKey | undefined => {
  const [mine, ...values] = ['id = ? AND workspace_id = ? AND revoked_at IS NULL', keyId, workspaceId] as const;
  database.run(`UPDATE api_keys SET requires_signature = ? WHERE ${mine}`, Number(requiresSignature), ...values);
  const row = database.one<KeyRow>(`SELECT * FROM api_keys WHERE ${mine}`, ...values);
  return row === undefined ? undefined : toKey(row);
};

/** Oldest first, revoked ones included. */
export const keys = (database: SqliteDatabase, workspaceId: string): ApiKey[] =>
  database.all<KeyRow>('SELECT * FROM api_keys WHERE workspace_id = ? ORDER BY created_at, id', workspaceId).map(toKey);

export const revokeKey = (database: SqliteDatabase, keyId: string, time: number): boolean =>
  database.run('UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', time, keyId).changes === 1;

/** Whether an environment of the workspace, other than the key's own, has a sealing key. */
const isSealedBeside = (database: SqliteDatabase, { workspace_id, environment_id }: KeyRow): boolean =>
  database.one(
    'SELECT 1 FROM environments WHERE workspace_id = ? AND sealing_key IS NOT NULL AND id IS NOT ? LIMIT 1',
    workspace_id,
    environment_id,
  ) !== undefined;

export const keyByHash = (database: SqliteDatabase, hash: string): KeyGrant | undefined => {
  const key = database.one<KeyRow>('SELECT * FROM api_keys WHERE hash = ? AND revoked_at IS NULL', hash);
  if (key === undefined) return undefined;
  const workspace = database.one<WorkspaceRow>('SELECT * FROM workspaces WHERE id = ?', key.workspace_id);
  if (workspace === undefined) throw new Error(`key ${key.id} belongs to no workspace`);
  const environment =
    key.environment_id === null
      ? undefined
      : database.one<EnvironmentRow>('SELECT * FROM environments WHERE id = ?', key.environment_id);
  return {
    key: toKey(key),
    workspace: toWorkspace(workspace),
    environment: environment === undefined ? null : toEnvironment(environment),
    sealedBeside: isSealedBeside(database, key),
  };
};
