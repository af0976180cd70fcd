import type { FastifyRequest } from 'fastify';

/**
 * The key of `Authorization: Bearer <key>` (RFC 6750, 2.1), whatever it is made of; undefined where there is none. The
 * scheme's letters may be of either case.
 */
export const bearerKey = ({ headers }: Pick<FastifyRequest, 'headers'>): string | undefined =>
  /^bearer +(\S.*)$/i.exec(headers.authorization ?? '')?.[1]?.trimEnd();
