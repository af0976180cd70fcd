import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readJson } from '../../ingest/read-json.ts';
import { RequestCannotBeParsedError, UnsupportedMediaTypeError } from './errors.ts';

/** Bytes of a body. A large ruleset takes some ten thousand. */
const LARGEST_BODY = 256 * 1024;

/** JSON is UTF-8 and its media type has no `charset` (RFC 8259, 8.1 and 11); clients that name one must name this. */
const isUtf8 = (contentType: string): boolean =>
  (/;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType)?.[1] ?? 'utf-8').toLowerCase() === 'utf-8';

/** Whether a body is sent as it is. One that is compressed is refused as RFC 9110 has it, 8.4 and 15.5.16. */
const isPlain = ({ headers }: FastifyRequest): boolean =>
  (headers['content-encoding'] ?? 'identity').toLowerCase() === 'identity' && isUtf8(headers['content-type'] ?? '');

const jsonOf = (body: Buffer): unknown => {
  const value = readJson(body);
  if (value === undefined)
    throw new RequestCannotBeParsedError([{ field: '', problem: 'the body is not JSON in UTF-8' }]);
  return value;
};

/** Makes the routes of a scope read JSON bodies, and nothing else; what is none is refused in this API's own words. */
export const readBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: LARGEST_BODY },
    async (request: FastifyRequest, body: Buffer) => {
      if (body.length === 0) return undefined;
      if (!isPlain(request)) throw new UnsupportedMediaTypeError();
      return jsonOf(body);
    },
  );
};
