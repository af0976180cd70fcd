import { type Feature, OBSERVATION_LIMITS, VISITOR_ID_PATTERN } from '@whorl/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { v3EventView } from '../../views/v3/event-view.ts';
import type { Access, ServerApiParts } from '../server-api/access.ts';
import { updateEvent } from '../server-api/update-event.ts';
import { authenticate } from './authenticate.ts';
import {
  FeatureNotEnabledError,
  RequestCannotBeParsedError,
  RequestNotFoundError,
  StateNotReadyError,
  VisitorNotFoundError,
  WorkspaceScopedSecretKeyRequiredError,
} from './errors.ts';
import { readUpdate } from './read-update.ts';
import { relatedVisitors } from './related-visitors.ts';
import { searchEvents } from './search-events.ts';
import { sendError, sendPlainError } from './send-error.ts';
import { viewOptions } from './view-options.ts';
import { visits } from './visits.ts';

const VISITOR_ID = new RegExp(VISITOR_ID_PATTERN);

/** How long after its time an event may be updated, in milliseconds: 10 days. */
const UPDATE_WINDOW = 10 * 24 * 60 * 60_000;

const ACCESS = 'v3Access';
const accessOf = (request: FastifyRequest): Access => request.getDecorator<Access>(ACCESS);

const requireFeature = ({ workspace }: Access, feature: Feature): void => {
  if (workspace.disabledFeatures.includes(feature)) throw new FeatureNotEnabledError();
};

type EventParams = { Params: { requestId?: string } };
type VisitorParams = { Params: { visitorId?: string } };

/** The v3 Server API. What it answers is described in docs/server-api.md. */
export const v3Routes =
  (parts: ServerApiParts) =>
  async (app: FastifyInstance): Promise<void> => {
    const { store } = parts;

    // SDKs send JSON as text/plain; what counts is what the body holds.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: OBSERVATION_LIMITS.bodyBytes }, (_, body, done) => {
      done(null, body);
    });
    app.setErrorHandler(sendError);

    // Before the body is read: whoever has no key is told so, whatever he sends.
    app.decorateRequest(ACCESS, null);
    app.addHook('onRequest', async (request) => {
      request.setDecorator(ACCESS, await authenticate(request, parts));
      // A content type that is none would be refused by the framework, whatever the body holds.
      if (request.headers['content-type'] !== undefined) request.headers['content-type'] = 'application/octet-stream';
    });

    app.get<EventParams>('/events/:requestId?', async (request) => {
      const access = accessOf(request);
      const event = await store.event(access.scope, request.params.requestId ?? '');
      if (event === undefined) throw new RequestNotFoundError();
      return v3EventView(event, viewOptions(access));
    });

    app.put<EventParams>('/events/:requestId?', async (request, reply) => {
      const change = readUpdate(request.body);
      const { scope } = accessOf(request);
      const { requestId = '' } = request.params;
      const outcome = await updateEvent(parts, scope, requestId, change, UPDATE_WINDOW, Date.now());
      if (outcome === 'not-found') throw new RequestNotFoundError();
      if (outcome === 'not-ready') throw new StateNotReadyError();
      return reply.code(200).send();
    });

    app.get('/events/search', (request) => searchEvents(store, accessOf(request), request.query, Date.now()));

    app.get<VisitorParams>('/visitors/:visitorId?', { errorHandler: sendPlainError }, (request) =>
      visits(store, accessOf(request), request.params.visitorId ?? '', request.query),
    );

    app.delete<VisitorParams>('/visitors/:visitorId?', async (request, reply) => {
      const access = accessOf(request);
      requireFeature(access, 'deleteVisitors');
      if (access.environment !== null) throw new WorkspaceScopedSecretKeyRequiredError();
      const { visitorId } = request.params;
      if (visitorId === undefined) throw new RequestCannotBeParsedError('visitorIdRequired');
      if (!VISITOR_ID.test(visitorId)) throw new RequestCannotBeParsedError('invalidVisitorId');
      if (!(await store.eraseVisitor(access.workspace.id, visitorId))) throw new VisitorNotFoundError();
      return reply.code(200).send();
    });

    app.get('/related-visitors', (request) => {
      const access = accessOf(request);
      requireFeature(access, 'relatedVisitors');
      return relatedVisitors(store, access, request.query, Date.now());
    });
  };
