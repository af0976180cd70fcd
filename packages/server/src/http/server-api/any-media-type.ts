import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isPlainBody } from './is-plain-body.ts';

const PLAIN = 'plainBody';

/**
 * Makes the routes of a scope take a body of any media type, or none: clients name all sorts, and official ones send JSON
 * as `text/plain`. What is no media type would else be refused by the framework, whatever the body holds.
 */
export const takeAnyMediaType = (app: FastifyInstance): void => {
  app.decorateRequest(PLAIN, true);
  app.addHook('onRequest', async (request) => {
    request.setDecorator(PLAIN, isPlainBody(request));
    if (request.headers['content-type'] !== undefined) request.headers['content-type'] = 'application/octet-stream';
  });
};

/**
 * What a route of such a scope is to read: the body, or undefined where it says that it is compressed or in another
 * encoding, which is then invalid like one that holds no JSON. Each route has its place in the order of checks for that.
 */
export const plainOf = <Body>(request: FastifyRequest, body: Body): Body | undefined =>
  request.getDecorator<boolean>(PLAIN) ? body : undefined;
