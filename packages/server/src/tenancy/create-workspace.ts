import { type Environment, type Region, type Workspace, workspaceDefaults } from '@whorl/contract';
import { newEnvironmentId, newWorkspaceId } from '../keys/random-id.ts';
import type { Store } from '../storage/store.ts';

/** Name of the environment that every workspace begins with. */
export const FIRST_ENVIRONMENT = 'production';

/** Environments of one workspace. */
export const MOST_ENVIRONMENTS = 100;

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
  const environment = newEnvironment(workspace.id, { name: FIRST_ENVIRONMENT }, now);
  return (await store.createWorkspace(workspace, environment)) ? { workspace, environment } : undefined;
};

/** An environment as it begins. */
export const newEnvironment = (
  workspaceId: string,
  { id = newEnvironmentId(), name, allowedOrigins = [] }: { id?: string; name: string; allowedOrigins?: string[] },
  now: number,
): Environment => ({ id, workspaceId, name, allowedOrigins, sealingKey: null, createdAt: now });

/** A new environment, stored, or why there is none: the workspace has one of this name, or as many as it may. */
export const createEnvironment = async (
  store: Store,
  workspaceId: string,
  draft: { name: string; allowedOrigins?: string[] },
  now: number,
): Promise<Environment | 'name-taken' | 'too-many'> => {
  const environment = newEnvironment(workspaceId, draft, now);
  const created = await store.createEnvironment(environment, MOST_ENVIRONMENTS);
  if (created === 'too-many') return created;
  return created ? environment : 'name-taken';
};
