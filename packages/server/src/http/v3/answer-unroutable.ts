import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerApiParts } from '../server-api/access.ts';
import { authenticate } from './authenticate.ts';
import { RequestCannotBeParsedError, RequestNotFoundError, type V3Error } from './errors.ts';
import { sendError, sendPlainError } from './send-error.ts';

/** Whether an address, routable or not, is one of the v3 Server API. */
export const isV3Address = (url: string): boolean => /^\/(?:events|visitors|related-visitors)(?=[/?]|$)/.test(url);

/** Tells of an error as the address' endpoint would, after the key was checked. */
const answer = async (
  error: V3Error,
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ServerApiParts,
): Promise<void> => {
  const send = request.url.startsWith('/visitors/') && request.method === 'GET' ? sendPlainError : sendError;
  try {
    await authenticate(request, parts);
    send(error, request, reply);
  } catch (refusal) {
    send(refusal, request, reply);
  }
};

/** Answers an address of v3 whose id cannot be decoded: there is no such id. */
export const answerUnroutableV3 = (request: FastifyRequest, reply: FastifyReply, parts: ServerApiParts) => {
  const isVisitor = request.url.startsWith('/visitors/');
  const error = isVisitor ? new RequestCannotBeParsedError('invalidVisitorId') : new RequestNotFoundError();
  return answer(error, request, reply, parts);
};

/** Answers a method and address of v3 that no endpoint has. */
export const answerUnknownV3 = (request: FastifyRequest, reply: FastifyReply, parts: ServerApiParts) =>
  answer(new RequestCannotBeParsedError('routeNotFound'), request, reply, parts);
