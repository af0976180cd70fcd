import type { Environment } from '@whorl/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Whether an environment takes observations from this origin. An environment without a list takes all. */
export const allowsOrigin = (environment: Environment, origin: string | undefined): boolean =>
  environment.allowedOrigins.length === 0 || (origin !== undefined && environment.allowedOrigins.includes(origin));

/**
 * Lets the page read the answer, errors included: a page that may not post should learn why. Credentials are allowed
 * because the HTTP cookie carries the token; the origin is therefore named, never `*`.
 */
export const allowReading = (request: FastifyRequest, reply: FastifyReply): void => {
  const { origin } = request.headers;
  reply.header('vary', 'Origin');
  if (origin === undefined) return;
  reply.header('access-control-allow-origin', origin);
  reply.header('access-control-allow-credentials', 'true');
  reply.header('access-control-expose-headers', 'Retry-After');
};
