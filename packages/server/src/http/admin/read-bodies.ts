import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readJson } from '../../ingest/read-json.ts';
import { isPlainBody } from '../server-api/is-plain-body.ts';
import { RequestCannotBeParsedError, UnsupportedMediaTypeError } from './errors.ts';

/** Bytes of a body. A large ruleset takes some ten thousand. */
const LARGEST_BODY = 256 * 1024;

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
      // RFC 9110, 15.5.16.
      if (!isPlainBody(request)) throw new UnsupportedMediaTypeError();
      return jsonOf(body);
    },
  );
};
