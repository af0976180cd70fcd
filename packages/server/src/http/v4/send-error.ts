import { type V4ErrorAnswer, v4Errors } from '@whorl/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RequestCannotBeParsedError, RequestReadTimeoutError, TooManyRequestsError, V4Error } from './errors.ts';

/** What the framework itself could not read, such as a wrong `Content-Length`. */
const isUnreadable = (error: unknown): boolean =>
  error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' && error.statusCode < 500;

/** Answers an error of the v4 Server API as `{"error":{"code","message"}}`; what is none of them is a failure of ours. */
export const sendError = (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const error = isUnreadable(thrown) ? new RequestCannotBeParsedError(v4Errors.invalidBody.message) : thrown;
  const known = error instanceof V4Error ? error : v4Errors.failed;
  if (!(error instanceof V4Error)) request.log.error({ err: error }, 'v4 request failed');
  if (error instanceof TooManyRequestsError) reply.header('retry-after', error.retryAfter);
  // The rest of the body may never come: the connection cannot serve another request.
  if (error instanceof RequestReadTimeoutError) reply.header('connection', 'close');
  const answer: V4ErrorAnswer = { error: { code: known.code, message: known.message } };
  return reply.code(known.status).send(answer);
};
