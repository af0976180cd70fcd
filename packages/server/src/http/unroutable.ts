import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ServerApiParts } from './server-api/access.ts';
import { answerUnknownV3, answerUnroutableV3, isV3Address } from './v3/answer-unroutable.ts';
import { answerUnroutableV4, isV4Address } from './v4/answer-unroutable.ts';

/**
 * Answers an address that no route can even be looked for, such as one with a broken escape. To the Server API it is an
 * id like any other that does not exist, and the key is checked first there, too.
 */
export const answerUnroutable = (
  error: { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
  parts: ServerApiParts,
): void => {
  if (isV3Address(request.url)) {
    void answerUnroutableV3(request, reply, parts);
    return;
  }
  if (isV4Address(request.url)) {
    void answerUnroutableV4(request, reply, parts);
    return;
  }
  void reply
    .code(error.statusCode ?? 400)
    .send({ error: { code: 'RequestCannotBeParsed', message: 'the address cannot be read' } });
};

/** Answers a method and address that nothing is at. v4 and the management API do so for those under their own prefix. */
export const answerUnknown = (request: FastifyRequest, reply: FastifyReply, parts: ServerApiParts): void => {
  if (isV3Address(request.url)) void answerUnknownV3(request, reply, parts);
  else void reply.code(404).send({ error: { code: 'RouteNotFound', message: 'there is nothing at this address' } });
};
