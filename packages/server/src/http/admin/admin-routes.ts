import type { Region, Workspace } from '@whorl/contract';
import type { FastifyInstance } from 'fastify';
import type { Store } from '../../storage/store.ts';
import type { RateLimiter } from '../server-api/rate-limiter.ts';
import { type AdminAccess, accessOf, authenticateAdmin, findWorkspace } from './admin-access.ts';
import { environmentRoutes } from './environment-routes.ts';
import {
  AdminError,
  FailedError,
  PayloadTooLargeError,
  RequestCannotBeParsedError,
  RouteNotFoundError,
  TooManyRequestsError,
  UnsupportedMediaTypeError,
} from './errors.ts';
import { keyRoutes } from './key-routes.ts';
import { workspaceRoutes } from './workspace-routes.ts';
import { WrongKeys } from './wrong-keys.ts';

/** Routes of one kind of resource. Of a workspace's resources: under `/workspaces/:workspaceId`. */
export type AdminRoom = (app: FastifyInstance) => Promise<void>;

export type AdminParts = {
  store: Store;
  /** Region of workspaces that are created without one. */
  region: Region;
  /** The management key of the settings; null where there is none. */
  managementKey: string | null;
  limiter: RateLimiter;
};

/** Bytes of a body. A large ruleset takes some ten thousand. */
const LARGEST_BODY = 256 * 1024;

const asAdminError = (error: { code?: string; statusCode?: number }): AdminError => {
  if (error instanceof AdminError) return error;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new PayloadTooLargeError();
  if (error.code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new UnsupportedMediaTypeError();
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new RequestCannotBeParsedError([{ field: '', problem: 'the request cannot be read' }]);
  }
  return new FailedError();
};

/** JSON bodies only; what is none is refused in this API's own words. */
const readJson = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit: LARGEST_BODY }, (_, body, done) => {
    try {
      done(null, body === '' ? undefined : JSON.parse(body.toString()));
    } catch {
      done(new RequestCannotBeParsedError([{ field: '', problem: 'the body is not JSON' }]));
    }
  });
};

/**
 * The management API: `/admin/v1`. Checks run in this order: key, the key's workspace, rate limit, the path's workspace,
 * then feature, body, ids and state.
 *
 * @param rooms routes of further resources of a workspace
 */
export const adminRoutes =
  ({ store, region, managementKey, limiter }: AdminParts, rooms: readonly AdminRoom[]) =>
  async (app: FastifyInstance): Promise<void> => {
    readJson(app);
    const wrongKeys = new WrongKeys();
    app.decorateRequest('adminAccess', null);
    app.decorateRequest('adminWorkspace', null);

    app.setErrorHandler((error: { code?: string; statusCode?: number }, request, reply) => {
      const told = asAdminError(error);
      if (told instanceof FailedError) request.log.error({ err: error }, 'management request failed');
      if (told.status === 401) reply.header('www-authenticate', 'Bearer');
      if (told instanceof TooManyRequestsError) reply.header('retry-after', String(told.retryAfter));
      const { code, message, detail } = told;
      return reply.code(told.status).send({ error: { code, message, ...(detail === undefined ? {} : { detail }) } });
    });

    app.addHook('onRequest', async (request, reply) => {
      // Answers hold keys that are shown once.
      reply.header('cache-control', 'no-store');
      const access = await authenticateAdmin(request, { store, managementKey, limiter, wrongKeys });
      request.setDecorator<AdminAccess>('adminAccess', access);
    });
    app.setNotFoundHandler(() => {
      throw new RouteNotFoundError();
    });

    await app.register(workspaceRoutes({ store, region }));
    await app.register(
      async (scope) => {
        scope.addHook<{ Params: { workspaceId: string } }>('onRequest', async (request) => {
          const workspace = await findWorkspace(accessOf(request), request.params.workspaceId, store);
          request.setDecorator<Workspace>('adminWorkspace', workspace);
        });
        for (const room of [environmentRoutes({ store }), keyRoutes({ store }), ...rooms]) await scope.register(room);
      },
      { prefix: '/workspaces/:workspaceId' },
    );
  };
