import type { Region } from '@whorl/contract';
import type { FastifyRequest } from 'fastify';
import { type Outcome, refuse } from '../../ingest/ingest-error.ts';
import type { Store } from '../../storage/store.ts';
import type { RateLimiter } from '../server-api/rate-limiter.ts';
import { allowsOrigin } from './cross-origin.ts';
import { type PublicGrant, publicGrant } from './public-key.ts';

/** What admission needs. */
export type AdmissionParts = {
  store: Store;
  /** The region that this server answers for. */
  region: Region;
  limiter: RateLimiter;
  /** The public key of the server's own pages; null when it has none. */
  ownPagesKey: string | null;
};

/**
 * The first checks of every request of the agent, in their order: key, region, workspace, origin.
 */
export const admit = async (
  publicKey: string,
  request: FastifyRequest,
  { store, region, ownPagesKey }: AdmissionParts,
): Promise<Outcome<PublicGrant>> => {
  const granted = await publicGrant(store, publicKey);
  if (!granted.ok) return granted;
  const { workspace, environment } = granted.value;
  if (workspace.region !== region) {
    return refuse('WrongRegion', `the workspace is of region ${workspace.region}, this server answers for ${region}`);
  }
  if (!workspace.active) return refuse('WorkspaceNotActive', 'the workspace is not active');
  const { origin } = request.headers;
  // The demo page belongs to whoever runs the server, whatever origins the environment is meant for.
  const own = publicKey === ownPagesKey && origin === `${request.protocol}://${request.host}`;
  if (own || allowsOrigin(environment, origin)) return granted;
  return refuse(
    'OriginNotAllowed',
    `the environment does not take observations from ${origin ?? 'a client without an origin'}`,
  );
};

/** As {@link admit}, and counted against the limits of the workspace. */
export const admitCounted = async (
  publicKey: string,
  request: FastifyRequest,
  parts: AdmissionParts,
): Promise<Outcome<PublicGrant>> => {
  const granted = await admit(publicKey, request, parts);
  if (!granted.ok) return granted;
  const retryAfter = await parts.limiter.take(granted.value, request.ip);
  if (retryAfter === 0) return granted;
  const { error } = refuse('TooManyRequests', 'too many requests');
  return { ok: false, error: { ...error, retryAfter } };
};
