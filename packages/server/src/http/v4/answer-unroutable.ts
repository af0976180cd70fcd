import { v4Errors } from '@whorl/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerApiParts } from '../server-api/access.ts';
import { authenticate } from './authenticate.ts';
import { RequestCannotBeParsedError } from './errors.ts';
import { sendError } from './send-error.ts';

/** Whether an address, routable or not, is one of the v4 Server API that has an id in it. */
export const isV4Address = (url: string): boolean => url.startsWith('/v4/events/') || url.startsWith('/v4/visitors/');

/** Answers an address of v4 whose id cannot be decoded: the key is checked first, then the id is none. */
export const answerUnroutableV4 = async (
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ServerApiParts,
): Promise<void> => {
  const { message } = request.url.startsWith('/v4/events/') ? v4Errors.invalidEventId : v4Errors.invalidVisitorId;
  try {
    await authenticate(request, parts);
    sendError(new RequestCannotBeParsedError(message), request, reply);
  } catch (error) {
    sendError(error, request, reply);
  }
};
