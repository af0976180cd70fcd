import { type V3Error as V3ErrorAnswer, type V3PlainErrorName, v3PlainErrors } from '@whorl/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { outageOf } from '../outage.ts';
import { isUnreadable } from '../server-api/is-unreadable.ts';
import {
  FailedError,
  RequestCannotBeParsedError,
  ServiceUnavailableError,
  TooManyRequestsError,
  V3Error,
} from './errors.ts';

/**
 * The error that a client is told of: ours as it is, what the framework cannot read as unparseable, a database that does
 * not serve for now as such, the rest as a failure.
 */
const toldError = (error: unknown, request: FastifyRequest): V3Error => {
  if (error instanceof V3Error) return error;
  if (isUnreadable(error)) return new RequestCannotBeParsedError('invalidBody');
  request.log.error({ err: error }, 'v3 request failed');
  const wait = outageOf(error);
  return wait === undefined ? new FailedError() : new ServiceUnavailableError(wait);
};

const withRetry = (error: V3Error, reply: FastifyReply): FastifyReply =>
  error instanceof TooManyRequestsError || error instanceof ServiceUnavailableError
    ? reply.header('retry-after', error.retryAfter)
    : reply;

/** Answers an error as `{"error":{"code","message"}}`. */
export const sendError = (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const error = toldError(thrown, request);
  const answer: V3ErrorAnswer = { error: { code: error.code, message: error.message } };
  return withRetry(error, reply).code(error.status).send(answer);
};

const plainName = (error: V3Error): V3PlainErrorName => {
  if (error instanceof ServiceUnavailableError) return 'serviceUnavailable';
  switch (error.code) {
    case 'TokenRequired':
    case 'TokenNotFound':
    case 'SubscriptionNotActive':
      return 'forbidden';
    case 'WrongRegion':
      return 'wrongRegion';
    case 'TooManyRequests':
      return 'tooManyRequests';
    case 'RequestCannotBeParsed':
      return 'badRequest';
    default:
      return 'failed';
  }
};

/** Answers an error as `GET /visitors/{visitor_id}` does: `{"error":"text"}`. */
export const sendPlainError = (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const error = toldError(thrown, request);
  const { status, message } = v3PlainErrors[plainName(error)];
  return withRetry(error, reply).code(status).send({ error: message });
};
