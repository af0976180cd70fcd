import type { FastifyReply, FastifyRequest } from 'fastify';
import { outageOf } from '../outage.ts';
import {
  AdminError,
  FailedError,
  PayloadTooLargeError,
  RequestCannotBeParsedError,
  ServiceUnavailableError,
  TooManyRequestsError,
  UnsupportedMediaTypeError,
} from './errors.ts';

type Thrown = Error & { code?: string; statusCode?: number };

/** The error that a client is told of: ours as it is, what the framework refuses in our words, the rest as a failure. */
const toldError = (error: Thrown): AdminError => {
  if (error instanceof AdminError) return error;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new PayloadTooLargeError();
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new UnsupportedMediaTypeError();
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new RequestCannotBeParsedError([{ field: '', problem: 'the request cannot be read' }]);
  }
  const wait = outageOf(error);
  return wait === undefined ? new FailedError() : new ServiceUnavailableError(wait);
};

/** Answers an error of the management API as `{"error":{"code","message","detail"?}}`. */
export const sendError = (thrown: Thrown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const error = toldError(thrown);
  if (error.status >= 500) request.log.error({ err: thrown }, 'management request failed');
  if (error.status === 401) reply.header('www-authenticate', 'Bearer');
  if (error instanceof TooManyRequestsError || error instanceof ServiceUnavailableError) {
    reply.header('retry-after', error.retryAfter);
  }
  const { code, message, detail } = error;
  return reply.code(error.status).send({ error: { code, message, ...(detail === undefined ? {} : { detail }) } });
};
