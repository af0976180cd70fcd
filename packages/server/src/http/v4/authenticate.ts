import type { FastifyRequest } from 'fastify';
import { type Access, access, type Refusal, type ServerApiParts } from '../server-api/access.ts';
import { bearerKey } from '../server-api/bearer-key.ts';
import {
  SecretApiKeyNotFoundError,
  SecretApiKeyRequiredError,
  SubscriptionNotActiveError,
  TooManyRequestsError,
  type V4Error,
  WrongRegionError,
} from './errors.ts';

const errorOf = (refusal: Refusal): V4Error => {
  switch (refusal.reason) {
    case 'key-required':
      return new SecretApiKeyRequiredError();
    case 'key-not-found':
      return new SecretApiKeyNotFoundError();
    case 'wrong-region':
      return new WrongRegionError();
    case 'not-active':
      return new SubscriptionNotActiveError();
    case 'too-many-requests':
      return new TooManyRequestsError(refusal.retryAfter);
  }
};

/** What a request may see, by its secret key. Throws the v4 error of the first check that it fails. */
export const authenticate = async (request: FastifyRequest, parts: ServerApiParts): Promise<Access> => {
  const answer = await access(bearerKey(request), request.ip, parts);
  if (!answer.ok) throw errorOf(answer.refusal);
  return answer.value;
};
