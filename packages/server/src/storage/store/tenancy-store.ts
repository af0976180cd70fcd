import type { ApiKey, Environment, Workspace } from '@whorl/contract';
import type { Change } from './change.ts';

/** What of a workspace can be changed. */
export type WorkspaceChange = Partial<Omit<Workspace, 'id' | 'createdAt'>>;

/** What of an environment can be changed. */
export type EnvironmentChange = Partial<Pick<Environment, 'name' | 'allowedOrigins' | 'sealingKey'>>;

/** What of a key can be changed. */
export type KeyChange = Pick<ApiKey, 'requiresSignature'>;

/** What a key may do, as found by its hash. */
export type KeyGrant = {
  key: ApiKey;
  workspace: Workspace;
  environment: Environment | null;
  /** Whether an environment of the workspace, other than the key's own, has a sealing key. */
  sealedBeside: boolean;
};

/** A key to be stored. `hash`: SHA-256 of the whole key, hexadecimal. */
export type NewKey = { key: ApiKey; hash: string };

/** Workspaces, their environments and their keys. */
export interface TenancyStore {
  /** Stored with its first environment, if one is given. False, storing nothing, when another workspace has this id or name. */
  createWorkspace(workspace: Workspace, first?: Environment): Promise<boolean>;
  workspace(workspaceId: string): Promise<Workspace | undefined>;
  /** Oldest first. */
  workspaces(): Promise<Workspace[]>;
  /** The changed workspace; undefined when there is none of this id, `name-taken` when another one has the new name. */
  changeWorkspace(
    workspaceId: string,
    change: Change<Workspace, WorkspaceChange>,
  ): Promise<Workspace | 'name-taken' | undefined>;
  /**
   * False, storing nothing, when there is one of this id, or the workspace has one of this name; `too-many`, likewise, when
   * it has `most` already. These are counted in the same transaction, so that requests at once do not pass the limit together.
   */
  createEnvironment(environment: Environment, most?: number): Promise<boolean | 'too-many'>;
  /** Oldest first. */
  environments(workspaceId: string): Promise<Environment[]>;
  /** As with a workspace; undefined when this workspace has no environment of this id. */
  changeEnvironment(
    workspaceId: string,
    environmentId: string,
    change: Change<Environment, EnvironmentChange>,
  ): Promise<Environment | 'name-taken' | undefined>;
  /**
   * False, storing nothing, when the hash is already known; `too-many` when the workspace has `most` keys that are not
   * revoked, counted as with environments.
   */
  addKey(key: NewKey, most?: number): Promise<boolean | 'too-many'>;
  keys(workspaceId: string): Promise<ApiKey[]>;
  /** The changed key; undefined when the workspace has none of this id that is not revoked. */
  changeKey(workspaceId: string, keyId: string, change: KeyChange): Promise<ApiKey | undefined>;
  /** Revokes at `time`; false when there is no such key, or it was revoked before. */
  revokeKey(keyId: string, time: number): Promise<boolean>;
  /** The grant of an unrevoked key, or undefined. */
  keyByHash(hash: string): Promise<KeyGrant | undefined>;
}
