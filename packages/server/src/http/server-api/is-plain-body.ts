import type { FastifyRequest } from 'fastify';

/** JSON is UTF-8 and its media type has no `charset` (RFC 8259, 8.1 and 11); clients that name one must name this. */
const isUtf8 = (contentType: string): boolean =>
  (/;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1] ?? 'utf-8').toLowerCase() === 'utf-8';

/** Whether a body says that it is sent as it is, in UTF-8, and not compressed (RFC 9110, 8.4). Its media type may be any. */
export const isPlainBody = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  (headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity' && isUtf8(headers['content-type'] ?? '');
