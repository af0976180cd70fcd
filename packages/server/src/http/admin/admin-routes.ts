import type { Region, Workspace } from '@whorl/contract';
import type { FastifyInstance } from 'fastify';
import type { Store } from '../../storage/store.ts';
import type { RateLimiter } from '../server-api/rate-limiter.ts';
import { type AdminAccess, accessOf, authenticateAdmin, findWorkspace } from './admin-access.ts';
import { environmentRoutes } from './environment-routes.ts';
import { RouteNotFoundError } from './errors.ts';
import { keyRoutes } from './key-routes.ts';
import { readBodies } from './read-bodies.ts';
import { sendError } from './send-error.ts';
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

/**
 * The management API: `/admin/v1`. Checks run in this order: key, the key's workspace, rate limit, the path's workspace,
 * then feature, body, ids and state.
 *
 * @param rooms routes of further resources of a workspace
 */
export const adminRoutes =
  ({ store, region, managementKey, limiter }: AdminParts, rooms: readonly AdminRoom[]) =>
  async (app: FastifyInstance): Promise<void> => {
    readBodies(app);
    const wrongKeys = new WrongKeys();
    app.decorateRequest('adminAccess', null);
    app.decorateRequest('adminWorkspace', null);

    app.setErrorHandler(sendError);
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
