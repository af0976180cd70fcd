import type { Environment, Feature, Region, Workspace } from '@whorl/contract';
import { hashKey } from '../../keys/api-key.ts';
import type { EventScope, KeyGrant, Store } from '../../storage/store.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** What every part of the Server API needs. */
export type ServerApiParts = {
  store: Store;
  /** The region that this server answers for. */
  region: Region;
  limiter: RateLimiter;
  /** How long a fresh event may not be updated yet, in milliseconds. */
  settle: number;
};

/** A request that may go on. */
export type Access = {
  workspace: Workspace;
  /** Set for a key that is limited to one environment. */
  environment: Environment | null;
  /** Whose events the key may see. */
  scope: EventScope;
};

/** Whether the workspace has a feature, and not switched off. */
export const hasFeature = ({ workspace }: Access, feature: Feature): boolean =>
  !workspace.disabledFeatures.includes(feature);

/** Why a request may not go on. Each version of the API has its own words for these. `retryAfter` in whole seconds. */
export type Refusal =
  | { reason: 'key-required' | 'key-not-found' | 'wrong-region' | 'not-active' }
  | { reason: 'too-many-requests'; retryAfter: number };

const scopeOf = ({ workspace, environment }: KeyGrant): EventScope => ({
  workspaceId: workspace.id,
  ...(environment === null ? {} : { environmentId: environment.id }),
});

/**
 * The first checks of every request, in their order: key, region, workspace, rate limit. The routes go on with the feature,
 * the parameters, the id and the state.
 *
 * @param key the secret key as the client sent it; undefined or empty when there is none
 * @param address the client's address, for the limit per address
 */
export const access = async (
  key: string | undefined,
  address: string,
  { store, region, limiter }: ServerApiParts,
): Promise<{ ok: true; value: Access } | { ok: false; refusal: Refusal }> => {
  const refuse = (refusal: Refusal) => ({ ok: false as const, refusal });
  if (key === undefined || key === '') return refuse({ reason: 'key-required' });
  const grant = await store.keyByHash(hashKey(key));
  if (grant === undefined || grant.key.kind !== 'secret') return refuse({ reason: 'key-not-found' });
  if (grant.workspace.region !== region) return refuse({ reason: 'wrong-region' });
  if (!grant.workspace.active) return refuse({ reason: 'not-active' });
  const wait = await limiter.take(grant, address);
  if (wait > 0) return refuse({ reason: 'too-many-requests', retryAfter: wait });
  return { ok: true, value: { workspace: grant.workspace, environment: grant.environment, scope: scopeOf(grant) } };
};
