import { type V4ErrorAnswer, v4Errors } from '@whorl/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { outageOf } from '../outage.ts';
import { isUnreadable } from '../server-api/is-unreadable.ts';
import {
  RequestCannotBeParsedError,
  RequestReadTimeoutError,
  ServiceUnavailableError,
  TooManyRequestsError,
  V4Error,
} from './errors.ts';

/** The error of v4 that a client is told of; undefined for a failure of ours. */
const toldError = (thrown: unknown): V4Error | undefined => {
  if (thrown instanceof V4Error) return thrown;
  if (isUnreadable(thrown)) return new RequestCannotBeParsedError(v4Errors.invalidBody.message);
  const wait = outageOf(thrown);
  return wait === undefined ? undefined : new ServiceUnavailableError(wait);
};

/** Answers an error of the v4 Server API as `{"error":{"code","message"}}`; what is none of them is a failure of ours. */
export const sendError = (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const error = toldError(thrown);
  const known = error ?? v4Errors.failed;
  if (known.status >= 500) request.log.error({ err: thrown }, 'v4 request failed');
  if (error instanceof TooManyRequestsError || error instanceof ServiceUnavailableError) {
    reply.header('retry-after', error.retryAfter);
  }
  // The rest of the body may never come: the connection cannot serve another request.
  if (error instanceof RequestReadTimeoutError) reply.header('connection', 'close');
  const answer: V4ErrorAnswer = { error: { code: known.code, message: known.message } };
  return reply.code(known.status).send(answer);
};
