import type { FastifyRequest } from 'fastify';
import { hashKey } from '../../keys/api-key.ts';
import type { KeyGrant, Store } from '../../storage/store.ts';
import { TokenNotFoundError, TokenRequiredError } from './errors.ts';

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : Array.isArray(value) ? asText(value[0]) : undefined;

/**
 * The grant of the secret key that a request carries in `Auth-API-Key` or, failing that, in `api_key` of its query.
 * Throws the v3 errors for a missing and for an unknown, revoked or public key.
 */
export const authenticate = async (request: FastifyRequest, store: Store): Promise<KeyGrant> => {
  // An address that could not be routed has no parsed query.
  const query = (request.query ?? Object.fromEntries(new URLSearchParams(request.url.split('?')[1]))) as Record<
    string,
    unknown
  >;
  const key = asText(request.headers['auth-api-key']) ?? asText(query.api_key);
  if (key === undefined) throw new TokenRequiredError();
  const grant = await store.keyByHash(hashKey(key));
  if (grant === undefined || grant.key.kind !== 'secret') throw new TokenNotFoundError();
  return grant;
};
