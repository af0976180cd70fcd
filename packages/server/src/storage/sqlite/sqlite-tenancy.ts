import type { TenancyStore } from '../store.ts';
import * as apiKeys from './api-keys.ts';
import type { SqliteWork } from './sqlite-work.ts';
import * as tenancy from './tenancy.ts';

/** The part of the store that knows workspaces, environments and keys. */
export const sqliteTenancy = (work: SqliteWork): TenancyStore => ({
  createWorkspace: (workspace, first) => work.write((database) => tenancy.createWorkspace(database, workspace, first)),
  workspace: (workspaceId) => work.run((database) => tenancy.findWorkspace(database, workspaceId)),
  workspaces: () => work.run(tenancy.workspaces),
  changeWorkspace: (workspaceId, change) =>
    work.write((database) => tenancy.changeWorkspace(database, workspaceId, change)),
  createEnvironment: (environment, most) =>
    work.write((database) => tenancy.createEnvironment(database, environment, most)),
  environments: (workspaceId) => work.run((database) => tenancy.environments(database, workspaceId)),
  changeEnvironment: (workspaceId, environmentId, change) =>
    work.write((database) => tenancy.changeEnvironment(database, workspaceId, environmentId, change)),
  addKey: (key, most) => work.write((database) => apiKeys.addKey(database, key, most)),
  keys: (workspaceId) => work.run((database) => apiKeys.keys(database, workspaceId)),
  changeKey: (workspaceId, keyId, change) =>
    work.write((database) => apiKeys.changeKey(database, workspaceId, keyId, change)),
  revokeKey: (keyId, time) => work.write((database) => apiKeys.revokeKey(database, keyId, time)),
  keyByHash: (hash) => work.run((database) => apiKeys.keyByHash(database, hash)),
});
