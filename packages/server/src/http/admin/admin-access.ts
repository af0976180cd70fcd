import { createHash, timingSafeEqual } from 'node:crypto';
import type { Feature, Workspace } from '@whorl/contract';
import type { FastifyRequest } from 'fastify';
import { hashKey } from '../../keys/api-key.ts';
import type { Store } from '../../storage/store.ts';
import { bearerKey } from '../server-api/bearer-key.ts';
import type { RateLimiter } from '../server-api/rate-limiter.ts';
import {
  FeatureNotEnabledError,
  ManagementKeyNotFoundError,
  ManagementKeyRequiredError,
  ServerKeyRequiredError,
  TooManyRequestsError,
  WorkspaceNotActiveError,
  WorkspaceNotFoundError,
} from './errors.ts';
import type { WrongKeys } from './wrong-keys.ts';

/** Who asks: the id of a workspace's management key, or `server` for the key of the settings. */
export type AdminAccess = { by: string; workspace: Workspace | 'all' };

/** What authentication needs. */
export type AccessParts = {
  store: Store;
  /** The management key of the settings; null where there is none. */
  managementKey: string | null;
  limiter: RateLimiter;
  wrongKeys: WrongKeys;
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Decides who asks, or throws why the request may not go on. */
export const authenticateAdmin = async (
  request: FastifyRequest,
  { store, managementKey, limiter, wrongKeys }: AccessParts,
): Promise<AdminAccess> => {
  const key = bearerKey(request);
  if (key === undefined) throw new ManagementKeyRequiredError();
  // Digests have one length and are compared in constant time: neither tells how much of a guess was right.
  if (managementKey !== null && timingSafeEqual(digest(key), digest(managementKey))) {
    return { by: 'server', workspace: 'all' };
  }
  const grant = await store.keyByHash(hashKey(key));
  if (grant?.key.kind !== 'management') {
    // Only now: whoever sends wrong keys from an address must not lock out those who have the right one behind it.
    const wait = await wrongKeys.note(request.ip);
    throw wait > 0 ? new TooManyRequestsError(wait) : new ManagementKeyNotFoundError();
  }
  if (!grant.workspace.active) throw new WorkspaceNotActiveError();
  const limited = await limiter.take(grant, request.ip);
  if (limited > 0) throw new TooManyRequestsError(limited);
  return { by: grant.key.id, workspace: grant.workspace };
};

/** Who asks. Set for every request of the management API before its handler runs. */
export const accessOf = (request: FastifyRequest): AdminAccess => request.getDecorator<AdminAccess>('adminAccess');

/** The workspace of the path, which the asker may manage. Set under `/workspaces/:workspaceId`. */
export const workspaceOf = (request: FastifyRequest): Workspace => request.getDecorator<Workspace>('adminWorkspace');

/** Throws unless the asker has the key of the whole server. `what` needs it. */
export const requireServerKey = (request: FastifyRequest, what: string): void => {
  if (accessOf(request).workspace !== 'all') throw new ServerKeyRequiredError(what);
};

/** Throws where the workspace has this switched off. */
export const requireFeature = (workspace: Workspace, feature: Feature): void => {
  if (workspace.disabledFeatures.includes(feature)) throw new FeatureNotEnabledError(feature);
};

/** The workspace of this id, as far as the asker may see it; another one's is not found. */
export const findWorkspace = async (access: AdminAccess, id: string, store: Store): Promise<Workspace> => {
  const found = access.workspace === 'all' ? await store.workspace(id) : access.workspace;
  if (found?.id !== id) throw new WorkspaceNotFoundError();
  return found;
};
