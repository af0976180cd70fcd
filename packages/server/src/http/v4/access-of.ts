import type { Feature } from '@whorl/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, hasFeature, type ServerApiParts } from '../server-api/access.ts';
import { authenticate } from './authenticate.ts';
import { FeatureNotEnabledError } from './errors.ts';

const ACCESS = 'v4Access';

/** Makes every route of a scope ask for the key, before the body is read: whoever has none is told so, whatever he sends. */
export const requireAccess = (app: FastifyInstance, parts: ServerApiParts): void => {
  app.decorateRequest(ACCESS, null);
  app.addHook('onRequest', async (request) => {
    request.setDecorator(ACCESS, await authenticate(request, parts));
  });
};

/** What the request's key may see, on routes of a scope with {@link requireAccess}. */
export const accessOf = (request: FastifyRequest): Access => request.getDecorator<Access>(ACCESS);

/** Throws where the workspace has the feature switched off. */
export const requireFeature = (access: Access, feature: Feature): void => {
  if (!hasFeature(access, feature)) throw new FeatureNotEnabledError();
};
