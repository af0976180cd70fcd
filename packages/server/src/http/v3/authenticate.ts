import type { FastifyRequest } from 'fastify';
import { type Access, access, type Refusal, type ServerApiParts } from '../server-api/access.ts';
import {
  SubscriptionNotActiveError,
  TokenNotFoundError,
  TokenRequiredError,
  TooManyRequestsError,
  type V3Error,
  WrongRegionError,
} from './errors.ts';

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : Array.isArray(value) ? asText(value[0]) : undefined;

/** The secret key in `Auth-API-Key` or, failing that, in `api_key` of the query. */
const keyOf = (request: FastifyRequest): string | undefined => {
  // An address that could not be routed has no parsed query.
  const query = (request.query ?? Object.fromEntries(new URLSearchParams(request.url.split('?')[1]))) as Record<
    string,
    unknown
  >;
  return asText(request.headers['auth-api-key']) ?? asText(query.api_key);
};

const errorOf = (refusal: Refusal): V3Error => {
  switch (refusal.reason) {
    case 'key-required':
      return new TokenRequiredError();
    case 'key-not-found':
      return new TokenNotFoundError();
    case 'wrong-region':
      return new WrongRegionError();
    case 'not-active':
      return new SubscriptionNotActiveError();
    case 'too-many-requests':
      return new TooManyRequestsError(refusal.retryAfter);
  }
};

/** What a request may see, by its secret key. Throws the v3 error of the first check that it fails. */
export const authenticate = async (request: FastifyRequest, parts: ServerApiParts): Promise<Access> => {
  const answer = await access(keyOf(request), request.ip, parts);
  if (!answer.ok) throw errorOf(answer.refusal);
  return answer.value;
};
