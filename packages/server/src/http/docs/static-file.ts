import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { takesGzip } from '../takes-gzip.ts';

/** A file that is sent as it is to everyone. `type`: its media type. `zipped`: compressed when it is first asked for. */
export type StaticFile = { name: string; type: string; body: Buffer; zipped: () => Promise<Buffer>; etag: string };

const zip = promisify(gzip);

export const staticFile = (name: string, type: string, content: string | Buffer): StaticFile => {
  const body = Buffer.from(content);
  const etag = `W/"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
  let made: Promise<Buffer> | undefined;
  const zipped = () => {
    made ??= zip(body);
    return made;
  };
  return { name, type, body, zipped, etag };
};

/**
 * Sends a file. Clients keep it and ask each time whether it has changed: it is sent again only then, and after an update
 * of the server nobody is left with an old one.
 */
export const sendStatic = async (
  request: FastifyRequest,
  reply: FastifyReply,
  file: StaticFile,
): Promise<FastifyReply> => {
  const { type, body, zipped, etag } = file;
  reply.type(type).header('cache-control', 'no-cache').header('etag', etag).header('vary', 'Accept-Encoding');
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  return takesGzip(request) ? reply.header('content-encoding', 'gzip').send(await zipped()) : reply.send(body);
};
