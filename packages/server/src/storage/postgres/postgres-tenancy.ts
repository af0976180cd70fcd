import type { TenancyStore } from '../store.ts';
import type { PostgresWork } from './postgres-work.ts';
import * as tenancy from './tenancy.ts';

/** The part of the store that knows workspaces, environments and keys. */
export const postgresTenancy = (work: PostgresWork): TenancyStore => ({
  createWorkspace: (workspace, first) => work.write((queries) => tenancy.createWorkspace(queries, workspace, first)),
  workspace: (workspaceId) => work.run((database) => tenancy.findWorkspace(database, workspaceId)),
  workspaces: () => work.run(tenancy.workspaces),
  changeWorkspace: (workspaceId, change) =>
    work.run((database) => tenancy.changeWorkspace(database, workspaceId, change)),
  createEnvironment: (environment, most) =>
    work.write((queries) => tenancy.createEnvironment(queries, environment, most)),
  environments: (workspaceId) => work.run((database) => tenancy.environments(database, workspaceId)),
  changeEnvironment: (workspaceId, environmentId, change) =>
    work.run((database) => tenancy.changeEnvironment(database, workspaceId, environmentId, change)),
  addKey: (key, most) => work.write((queries) => tenancy.addKey(queries, key, most)),
  keys: (workspaceId) => work.run((database) => tenancy.keys(database, workspaceId)),
  changeKey: (workspaceId, keyId, change) =>
    work.write((queries) => tenancy.changeKey(queries, workspaceId, keyId, change)),
  revokeKey: (keyId, time) => work.run((database) => tenancy.revokeKey(database, keyId, time)),
  keyByHash: (hash) => work.run((database) => tenancy.keyByHash(database, hash)),
});
