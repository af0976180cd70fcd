import { v3Errors } from '@whorl/contract';
import type { FastifyInstance } from 'fastify';
import type { Store } from '../../storage/store.ts';
import { v3EventView } from '../../views/v3/event-view.ts';
import { authenticate } from './authenticate.ts';
import { RequestNotFoundError, V3Error } from './errors.ts';

/** The v3 Server API: `GET /events/{request_id}`. */
export const v3Routes =
  ({ store }: { store: Store }) =>
  async (app: FastifyInstance): Promise<void> => {
    app.setErrorHandler((error, request, reply) => {
      if (error instanceof V3Error) {
        return reply.code(error.status).send({ error: { code: error.code, message: error.message } });
      }
      request.log.error({ err: error }, 'v3 request failed');
      const { status, code, message } = v3Errors.failed;
      return reply.code(status).send({ error: { code, message } });
    });

    app.get<{ Params: { requestId: string } }>('/events/:requestId', async (request) => {
      const { workspace, environment } = await authenticate(request, store);
      const scope = { workspaceId: workspace.id, ...(environment === null ? {} : { environmentId: environment.id }) };
      const event = await store.event(scope, request.params.requestId);
      if (event === undefined) throw new RequestNotFoundError();
      return v3EventView(event);
    });
  };
