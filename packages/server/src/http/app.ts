import fastify, {
  type FastifyInstance,
  type FastifyServerFactory,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import type { EdgeIntake } from '../ingest/edge/edge-intake.ts';
import type { Webhooks } from '../webhooks/create-webhooks.ts';
import { adminRoutes } from './admin/admin-routes.ts';
import { deliveryRoutes } from './admin/delivery-routes.ts';
import { edgeEventRoutes } from './admin/edge-event-routes.ts';
import { rulesetRoutes } from './admin/ruleset-routes.ts';
import { webhookRoutes } from './admin/webhook-routes.ts';
import { type IngestRouteParts, ingestRoutes } from './agent/ingest-routes.ts';
import { type AgentScripts, scriptRoutes } from './agent/script-routes.ts';
import { type DemoParts, demoRoutes } from './demo/demo-routes.ts';
import { docsRoutes } from './docs/docs-routes.ts';
import type { StaticFile } from './docs/static-file.ts';
import { type OpsParts, opsRoutes } from './ops/ops-routes.ts';
import { outageOf } from './outage.ts';
import type { ServerApiParts } from './server-api/access.ts';
import { answerUnknown, answerUnroutable } from './unroutable.ts';
import { v3Routes } from './v3/v3-routes.ts';
import { v4Routes } from './v4/v4-routes.ts';

export type AppParts = {
  ingest: IngestRouteParts;
  serverApi: ServerApiParts;
  /** Key of the management API over all workspaces; null where there is none. */
  managementKey: string | null;
  webhooks: Webhooks;
  edge: EdgeIntake;
  scripts: AgentScripts;
  /** Null where the demo is switched off. */
  demo: DemoParts | null;
  /** Files of the API explorer; null where it is switched off. */
  docs: { files: readonly StaticFile[] } | null;
  ops: OpsParts;
  logger: NonNullable<FastifyServerOptions['logger']>;
  /** Whether the server is on its way to stop. */
  stopping: () => boolean;
  /** Makes a server that ends TLS itself; plain HTTP without it. */
  serverFactory?: FastifyServerFactory | undefined;
  /** Proxies whose forwarded headers are believed: CIDRs and addresses; empty believes none. */
  trustedProxies: string[];
};

/** Bytes of a request before its body. Node's own 16 kB would refuse a long id before its route could. */
const LONGEST_HEAD = 65_536;

/** Milliseconds in which a request must have arrived whole. */
const REQUEST_TIMEOUT = 30_000;

/** The HTTP server, not yet listening. Tests call it in process with `inject`. */
export const createApp = async (parts: AppParts): Promise<FastifyInstance> => {
  const { store } = parts.ingest;
  const app = fastify({
    logger: parts.logger,
    trustProxy: parts.trustedProxies.length === 0 ? false : parts.trustedProxies,
    // Requests are logged by their route's own lines where something is wrong; a line for each visit helps nobody.
    logController: new LogController({ disableRequestLogging: true }),
    // An id of any length is answered by its own route; the limit on headers bounds it.
    routerOptions: { maxParamLength: LONGEST_HEAD, ignoreTrailingSlash: true },
    forceCloseConnections: 'idle',
    http: { maxHeaderSize: LONGEST_HEAD },
    ...(parts.serverFactory === undefined ? {} : { serverFactory: parts.serverFactory }),
    // A client that dribbles its request would keep its connection for ever.
    requestTimeout: REQUEST_TIMEOUT,
    frameworkErrors: (error, request, reply) => answerUnroutable(error, request, reply, parts.serverApi),
  });

  // A connection that is kept alive would keep the server from stopping.
  app.addHook('onSend', async (_, reply) => {
    if (parts.stopping()) reply.header('connection', 'close');
  });

  app.setNotFoundHandler((request, reply) => answerUnknown(request, reply, parts.serverApi));
  app.setErrorHandler((error: { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) request.log.error({ err: error }, 'request failed');
    const wait = outageOf(error);
    if (wait !== undefined) {
      const unavailable = { code: 'ServiceUnavailable', message: 'service unavailable' };
      return reply.code(503).header('retry-after', wait).send({ error: unavailable });
    }
    const wrong =
      status >= 500
        ? { code: 'Failed', message: 'internal server error' }
        : { code: 'RequestCannotBeParsed', message: 'the request cannot be read' };
    return reply.code(status).send({ error: wrong });
  });

  await app.register(opsRoutes(parts.ops));
  await app.register(ingestRoutes(parts.ingest), { prefix: '/ingest/v1' });
  await app.register(scriptRoutes({ store, scripts: parts.scripts }));
  await app.register(v3Routes(parts.serverApi));
  await app.register(v4Routes({ ...parts.serverApi, edge: parts.edge }), { prefix: '/v4' });
  await app.register(
    adminRoutes({ ...parts.serverApi, managementKey: parts.managementKey }, [
      rulesetRoutes({ store }),
      edgeEventRoutes({ store }),
      webhookRoutes({ store, webhooks: parts.webhooks }),
      deliveryRoutes({ store, webhooks: parts.webhooks }),
    ]),
    { prefix: '/admin/v1' },
  );
  if (parts.demo !== null) await app.register(demoRoutes(parts.demo));
  if (parts.docs !== null) await app.register(docsRoutes(parts.docs));
  return app;
};
