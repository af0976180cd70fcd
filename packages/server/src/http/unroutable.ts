import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Store } from '../storage/store.ts';
import { authenticate } from './v3/authenticate.ts';
import { RequestNotFoundError, V3Error } from './v3/errors.ts';

/**
 * Answers an address that no route can even be looked for, such as one with a broken escape. To the Server API it is an
 * id like any other that does not exist, and the key is checked first there, too.
 */
export const answerUnroutable = (
  error: { statusCode?: number },
  request: FastifyRequest,
  reply: FastifyReply,
  store: Store,
): void => {
  const refuse = (status: number, code: string, message: string) =>
    void reply.code(status).send({ error: { code, message } });
  if (!request.url.startsWith('/events/')) {
    refuse(error.statusCode ?? 400, 'RequestCannotBeParsed', 'the address cannot be read');
    return;
  }
  authenticate(request, store)
    .then(() => {
      throw new RequestNotFoundError();
    })
    .catch((reason: unknown) => {
      if (reason instanceof V3Error) refuse(reason.status, reason.code, reason.message);
      else refuse(500, 'Failed', 'internal server error');
    });
};
