import { type Environment, type Region, type Workspace, workspaceDefaults } from '@whorl/contract';
import { newEnvironmentId, newWorkspaceId } from '../keys/random-id.ts';
import type { Store } from '../storage/store.ts';

/** Name of the environment that every workspace begins with. */
export const FIRST_ENVIRONMENT = 'production';

/** What is said of a new workspace; the rest has its defaults. */
export type WorkspaceDraft = { name: string; region: Region } & Partial<Omit<Workspace, 'id' | 'createdAt'>>;

/** A new workspace, stored with its first environment; undefined when the name is taken. */
export const createWorkspace = async (
  store: Store,
  draft: WorkspaceDraft,
  now: number,
): Promise<{ workspace: Workspace; environment: Environment } | undefined> => {
  const workspace: Workspace = {
    ...workspaceDefaults,
    disabledFeatures: [],
    ...draft,
    id: newWorkspaceId(),
    createdAt: now,
  };
  if (!(await store.createWorkspace(workspace))) return undefined;
  const environment = newEnvironment(workspace.id, { name: FIRST_ENVIRONMENT }, now);
  await store.createEnvironment(environment);
  return { workspace, environment };
};

const newEnvironment = (
  workspaceId: string,
  { name, allowedOrigins = [] }: { name: string; allowedOrigins?: string[] },
  now: number,
): Environment => ({ id: newEnvironmentId(), workspaceId, name, allowedOrigins, sealingKey: null, createdAt: now });

/** A new environment, stored; undefined when the workspace has one of this name. */
export const createEnvironment = async (
  store: Store,
  workspaceId: string,
  draft: { name: string; allowedOrigins?: string[] },
  now: number,
): Promise<Environment | undefined> => {
  const environment = newEnvironment(workspaceId, draft, now);
  return (await store.createEnvironment(environment)) ? environment : undefined;
};
