import type { Environment, Workspace } from '@whorl/contract';
import type { Change, EnvironmentChange, WorkspaceChange } from '../store.ts';
import type { SqliteDatabase } from './sqlite-database.ts';

export type WorkspaceRow = {
  id: string;
  name: string;
  created_at: number;
  region: Workspace['region'];
  active: number;
  disabled_features: string;
  rate_limits: string;
  identity: Workspace['identity'];
  linking: Workspace['linking'];
  suspect_weights: string;
  high_activity_floor: number | null;
};

export type EnvironmentRow = {
  id: string;
  workspace_id: string;
  name: string;
  allowed_origins: string;
  sealing_key: string | null;
  created_at: number;
};

export const toWorkspace = (row: WorkspaceRow): Workspace => ({
  id: row.id,
  name: row.name,
  createdAt: row.created_at,
  region: row.region,
  active: row.active === 1,
  disabledFeatures: JSON.parse(row.disabled_features) as Workspace['disabledFeatures'],
  rateLimits: JSON.parse(row.rate_limits) as Workspace['rateLimits'],
  identity: row.identity,
  linking: row.linking,
  suspectWeights: JSON.parse(row.suspect_weights) as Workspace['suspectWeights'],
  highActivityFloor: row.high_activity_floor,
});

export const toEnvironment = (row: EnvironmentRow): Environment => ({
  id: row.id,
  workspaceId: row.workspace_id,
  name: row.name,
  allowedOrigins: JSON.parse(row.allowed_origins) as string[],
  sealingKey: row.sealing_key,
  createdAt: row.created_at,
});

/** What of a workspace can change, in the order of the statements below. */
const workspaceValues = (workspace: Workspace) => {
  const { name, region, active, disabledFeatures, rateLimits, identity, linking } = workspace;
  return [
    name,
    region,
    Number(active),
    JSON.stringify(disabledFeatures),
    JSON.stringify(rateLimits),
    identity,
    linking,
    JSON.stringify(workspace.suspectWeights),
    workspace.highActivityFloor,
  ] as const;
};

const environmentValues = ({ name, allowedOrigins, sealingKey }: Environment) =>
  [name, JSON.stringify(allowedOrigins), sealingKey] as const;

/** Within a transaction. See `Store.createWorkspace`. */
export const createWorkspace = (database: SqliteDatabase, workspace: Workspace, first?: Environment): boolean => {
  const { changes } = database.run(
    `INSERT INTO workspaces (name, region, active, disabled_features, rate_limits, identity, linking,
       suspect_weights, high_activity_floor, id, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ...workspaceValues(workspace),
    workspace.id,
    workspace.createdAt,
  );
  if (changes === 1 && first !== undefined) createEnvironment(database, first);
  return changes === 1;
};

export const findWorkspace = (database: SqliteDatabase, workspaceId: string): Workspace | undefined => {
  const row = database.one<WorkspaceRow>('SELECT * FROM workspaces WHERE id = ?', workspaceId);
  return row === undefined ? undefined : toWorkspace(row);
};

/** Oldest first. */
export const workspaces = (database: SqliteDatabase): Workspace[] =>
  database.all<WorkspaceRow>('SELECT * FROM workspaces ORDER BY created_at, id').map(toWorkspace);

/** Within a transaction. */
export const changeWorkspace = (
  database: SqliteDatabase,
  workspaceId: string,
  change: Change<Workspace, WorkspaceChange>,
): Workspace | 'name-taken' | undefined => {
  const known = findWorkspace(database, workspaceId);
  if (known === undefined) return undefined;
  const workspace = { ...known, ...change(known) };
  // Only the name could be in the way: the columns' other constraints are those of the types.
  const { changes } = database.run(
    `UPDATE OR IGNORE workspaces SET name = ?, region = ?, active = ?, disabled_features = ?, rate_limits = ?,
       identity = ?, linking = ?, suspect_weights = ?, high_activity_floor = ? WHERE id = ?`,
    ...workspaceValues(workspace),
    workspaceId,
  );
  return changes === 1 ? workspace : 'name-taken';
};

/** Within a transaction. See `Store.createEnvironment`. */
export const createEnvironment = (
  database: SqliteDatabase,
  environment: Environment,
  most = Number.POSITIVE_INFINITY,
): boolean | 'too-many' => {
  const known = database.one<{ count: number }>(
    'SELECT count(*) AS count FROM environments WHERE workspace_id = ?',
    environment.workspaceId,
  );
  if ((known?.count ?? 0) >= most) return 'too-many';
  const { changes } = database.run(
    `INSERT INTO environments (name, allowed_origins, sealing_key, id, workspace_id, created_at)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    ...environmentValues(environment),
    environment.id,
    environment.workspaceId,
    environment.createdAt,
  );
  return changes === 1;
};

/** Oldest first. */
export const environments = (database: SqliteDatabase, workspaceId: string): Environment[] =>
  database
    .all<EnvironmentRow>('SELECT * FROM environments WHERE workspace_id = ? ORDER BY created_at, id', workspaceId)
    .map(toEnvironment);

/** Within a transaction. */
export const changeEnvironment = (
  database: SqliteDatabase,
  workspaceId: string,
  environmentId: string,
  change: Change<Environment, EnvironmentChange>,
): Environment | 'name-taken' | undefined => {
  const row = database.one<EnvironmentRow>(
    'SELECT * FROM environments WHERE id = ? AND workspace_id = ?',
    environmentId,
    workspaceId,
  );
  if (row === undefined) return undefined;
  const known = toEnvironment(row);
  const environment = { ...known, ...change(known) };
  const { changes } = database.run(
    'UPDATE OR IGNORE environments SET name = ?, allowed_origins = ?, sealing_key = ? WHERE id = ?',
    ...environmentValues(environment),
    environmentId,
  );
  return changes === 1 ? environment : 'name-taken';
};
