import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerApiParts } from '../server-api/access.ts';
import { authenticate } from './authenticate.ts';
import { RequestCannotBeParsedError, RequestNotFoundError } from './errors.ts';
import { sendError, sendPlainError } from './send-error.ts';

/** Whether an address, routable or not, is one of the v3 Server API that has an id in it. */
export const isV3Address = (url: string): boolean => url.startsWith('/events/') || url.startsWith('/visitors/');

/** Answers an address of v3 whose id cannot be decoded: the key is checked first, then there is no such id. */
export const answerUnroutableV3 = async (
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ServerApiParts,
): Promise<void> => {
  const aboutVisitor = request.url.startsWith('/visitors/');
  const send = aboutVisitor && request.method !== 'DELETE' ? sendPlainError : sendError;
  try {
    await authenticate(request, parts);
    send(
      aboutVisitor ? new RequestCannotBeParsedError('invalidVisitorId') : new RequestNotFoundError(),
      request,
      reply,
    );
  } catch (error) {
    send(error, request, reply);
  }
};
