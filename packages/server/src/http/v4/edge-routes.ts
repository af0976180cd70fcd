import type { FastifyInstance } from 'fastify';
import type { EdgeIntake } from '../../ingest/edge/edge-intake.ts';
import { readEdgeRequest } from '../../ingest/edge/read-edge-request.ts';
import { readJson } from '../../ingest/read-json.ts';
import { v4EdgeView } from '../../views/v4/edge-view.ts';
import { viewOptions } from '../server-api/view-options.ts';
import { accessOf, requireFeature } from './access-of.ts';
import { PayloadTooLargeError, RequestCannotBeParsedError } from './errors.ts';

/**
 * `POST /v4/edge`: judges a request that a server received, by its headers and addresses. See docs/edge.md. To be
 * registered in the scope of the v4 routes, which asks for the key, reads the body and answers errors.
 */
export const edgeRoutes =
  ({ edge }: { edge: EdgeIntake }) =>
  async (app: FastifyInstance): Promise<void> => {
    app.post(
      '/edge',
      {
        // Before the body is read: whoever may not ask is not listened to.
        onRequest: async (request) => requireFeature(accessOf(request), 'edge'),
      },
      async (request) => {
        const access = accessOf(request);
        const read = readEdgeRequest(readJson(request.body));
        if (!read.ok && read.fault === 'too-large') throw new PayloadTooLargeError();
        if (!read.ok) throw new RequestCannotBeParsedError(read.message);
        const { workspace, environment } = access;
        const origin = { workspaceId: workspace.id, environmentId: environment?.id ?? null, time: Date.now() };
        return v4EdgeView(await edge.submit(read.value, origin), viewOptions(access));
      },
    );
  };
