import { type V3Error as V3ErrorAnswer, type V3PlainErrorName, v3PlainErrors } from '@whorl/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FailedError, RequestCannotBeParsedError, TooManyRequestsError, V3Error } from './errors.ts';

/** The error that a client is told of: ours as it is, what the framework cannot read as unparseable, the rest as a failure. */
const toldError = (error: unknown, request: FastifyRequest): V3Error => {
  if (error instanceof V3Error) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
  if (typeof status === 'number' && status < 500) return new RequestCannotBeParsedError('invalidBody');
  request.log.error({ err: error }, 'v3 request failed');
  return new FailedError();
};

const withRetry = (error: V3Error, reply: FastifyReply): FastifyReply =>
  error instanceof TooManyRequestsError ? reply.header('retry-after', error.retryAfter) : reply;

/** Answers an error as `{"error":{"code","message"}}`. */
export const sendError = (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const error = toldError(thrown, request);
  const answer: V3ErrorAnswer = { error: { code: error.code, message: error.message } };
  return withRetry(error, reply).code(error.status).send(answer);
};

const plainName = ({ code }: V3Error): V3PlainErrorName => {
  switch (code) {
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
