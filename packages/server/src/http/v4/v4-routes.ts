import type { IncomingMessage } from 'node:http';
import { OBSERVATION_LIMITS, v4Errors } from '@whorl/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { EdgeIntake } from '../../ingest/edge/edge-intake.ts';
import type { ServerApiParts } from '../server-api/access.ts';
import { plainOf, takeAnyMediaType } from '../server-api/any-media-type.ts';
import { eraseVisitor, type VisitorErasure } from '../server-api/erase-visitor.ts';
import { updateEvent } from '../server-api/update-event.ts';
import { accessOf, requireAccess } from './access-of.ts';
import { edgeRoutes } from './edge-routes.ts';
import {
  EventNotFoundError,
  FeatureNotEnabledError,
  RequestCannotBeParsedError,
  RouteNotFoundError,
  StateNotReadyError,
  type V4Error,
  VisitorNotFoundError,
} from './errors.ts';
import { checkEventId, getEvent } from './get-event.ts';
import { readBody } from './read-body.ts';
import { readUpdate } from './read-update.ts';
import { searchEvents } from './search-events.ts';
import { sendError } from './send-error.ts';

/** How long after its time an event may be updated, in milliseconds: 31 days, the longest month. */
const UPDATE_WINDOW = 31 * 24 * 60 * 60_000;

/** Milliseconds that a body may take to arrive. */
const BODY_PATIENCE = 5_000;

const erasureError = (refusal: Exclude<VisitorErasure, 'erased'>): V4Error => {
  switch (refusal) {
    case 'feature-not-enabled':
      return new FeatureNotEnabledError();
    case 'workspace-key-required':
      return new FeatureNotEnabledError('workspaceScopedKeyRequired');
    case 'id-required':
      return new RequestCannotBeParsedError(v4Errors.visitorIdRequired.message);
    case 'invalid-id':
      return new RequestCannotBeParsedError(v4Errors.invalidVisitorId.message);
    case 'not-found':
      return new VisitorNotFoundError();
  }
};

type EventParams = { Params: { eventId: string } };
type UpdateParams = { Params: { eventId?: string } };
type VisitorParams = { Params: { visitorId?: string } };

/** The v4 Server API, to be registered under `/v4`. What it answers is described in docs/server-api-v4.md. */
export const v4Routes =
  (parts: ServerApiParts & { edge: EdgeIntake }, { bodyPatience = BODY_PATIENCE } = {}) =>
  async (app: FastifyInstance): Promise<void> => {
    const { store } = parts;

    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', async (request: FastifyRequest, body: IncomingMessage) => {
      const announced = Number(request.headers['content-length'] ?? 0);
      const limits = { bytes: OBSERVATION_LIMITS.bodyBytes, patience: bodyPatience, announced };
      return plainOf(request, await readBody(body, limits));
    });
    app.setErrorHandler(sendError);
    app.setNotFoundHandler((request, reply) => sendError(new RouteNotFoundError(), request, reply));
    app.addHook('onRequest', async (_, reply) => {
      reply.header('cache-control', 'no-store');
    });
    requireAccess(app, parts);
    takeAnyMediaType(app);

    await app.register(edgeRoutes(parts));

    app.get('/events', (request) => {
      // The router takes no notice of the slash; who sends it asks for an event, and his id was empty.
      if (request.url.split('?', 1)[0]?.endsWith('/')) checkEventId('');
      return searchEvents(store, accessOf(request), request.query as object, Date.now());
    });

    app.get<EventParams & { Querystring: { ruleset_id?: unknown } }>('/events/:eventId', (request) =>
      getEvent(store, accessOf(request), request.params.eventId, request.query.ruleset_id),
    );

    app.patch<UpdateParams>('/events/:eventId?', async (request, reply) => {
      const { eventId = '' } = request.params;
      checkEventId(eventId);
      const { scope } = accessOf(request);
      const readChange = () => readUpdate(request.body);
      const outcome = await updateEvent(parts, scope, eventId, readChange, UPDATE_WINDOW, Date.now());
      if (outcome === 'not-found') throw new EventNotFoundError();
      if (outcome === 'not-ready') throw new StateNotReadyError();
      return reply.code(200).send();
    });

    app.delete<VisitorParams>('/visitors/:visitorId?', async (request, reply) => {
      const erasure = await eraseVisitor(store, accessOf(request), request.params.visitorId);
      if (erasure !== 'erased') throw erasureError(erasure);
      return reply.code(200).send();
    });
  };
