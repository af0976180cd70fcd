import type { FastifyRequest } from 'fastify';

/** Whether the client takes gzip: named, and not with the weight 0 (RFC 9110, 12.5.3). */
export const takesGzip = (request: FastifyRequest): boolean =>
  /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i.test(String(request.headers['accept-encoding'] ?? ''));
