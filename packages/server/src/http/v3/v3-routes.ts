import { OBSERVATION_LIMITS } from '@whorl/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { v3EventView } from '../../views/v3/event-view.ts';
import { type Access, hasFeature, type ServerApiParts } from '../server-api/access.ts';
import { plainOf, takeAnyMediaType } from '../server-api/any-media-type.ts';
import { eraseVisitor, type VisitorErasure } from '../server-api/erase-visitor.ts';
import { updateEvent } from '../server-api/update-event.ts';
import { viewOptions } from '../server-api/view-options.ts';
import { authenticate } from './authenticate.ts';
import {
  FeatureNotEnabledError,
  RequestCannotBeParsedError,
  RequestNotFoundError,
  StateNotReadyError,
  type V3Error,
  VisitorNotFoundError,
  WorkspaceScopedSecretKeyRequiredError,
} from './errors.ts';
import { readUpdate } from './read-update.ts';
import { relatedVisitors } from './related-visitors.ts';
import { searchEvents } from './search-events.ts';
import { sendError, sendPlainError } from './send-error.ts';
import { visits } from './visits.ts';

/** How long after its time an event may be updated, in milliseconds: 10 days. */
const UPDATE_WINDOW = 10 * 24 * 60 * 60_000;

const ACCESS = 'v3Access';
const accessOf = (request: FastifyRequest): Access => request.getDecorator<Access>(ACCESS);

const erasureError = (refusal: Exclude<VisitorErasure, 'erased'>): V3Error => {
  switch (refusal) {
    case 'feature-not-enabled':
      return new FeatureNotEnabledError();
    case 'workspace-key-required':
      return new WorkspaceScopedSecretKeyRequiredError();
    case 'id-required':
      return new RequestCannotBeParsedError('visitorIdRequired');
    case 'invalid-id':
      return new RequestCannotBeParsedError('invalidVisitorId');
    case 'not-found':
      return new VisitorNotFoundError();
  }
};

type EventParams = { Params: { requestId?: string } };
type VisitorParams = { Params: { visitorId?: string } };

/** The v3 Server API. What it answers is described in docs/server-api.md. */
export const v3Routes =
  (parts: ServerApiParts) =>
  async (app: FastifyInstance): Promise<void> => {
    const { store } = parts;

    app.removeAllContentTypeParsers();
    const options = { parseAs: 'buffer', bodyLimit: OBSERVATION_LIMITS.bodyBytes } as const;
    app.addContentTypeParser('*', options, (request, body, done) => done(null, plainOf(request, body)));
    app.setErrorHandler(sendError);

    // Before the body is read: whoever has no key is told so, whatever he sends.
    app.decorateRequest(ACCESS, null);
    app.addHook('onRequest', async (request) => {
      request.setDecorator(ACCESS, await authenticate(request, parts));
    });
    takeAnyMediaType(app);

    app.get<EventParams>('/events/:requestId?', async (request) => {
      const access = accessOf(request);
      const event = await store.event(access.scope, request.params.requestId ?? '');
      if (event === undefined) throw new RequestNotFoundError();
      return v3EventView(event, viewOptions(access));
    });

    app.put<EventParams>('/events/:requestId?', async (request, reply) => {
      const { scope } = accessOf(request);
      const { requestId = '' } = request.params;
      const readChange = () => readUpdate(request.body);
      const outcome = await updateEvent(parts, scope, requestId, readChange, UPDATE_WINDOW, Date.now());
      if (outcome === 'not-found') throw new RequestNotFoundError();
      if (outcome === 'not-ready') throw new StateNotReadyError();
      return reply.code(200).send();
    });

    app.get('/events/search', (request) => searchEvents(store, accessOf(request), request.query, Date.now()));

    app.get<VisitorParams>('/visitors/:visitorId?', { errorHandler: sendPlainError }, (request) =>
      visits(store, accessOf(request), request.params.visitorId ?? '', request.query),
    );

    app.delete<VisitorParams>('/visitors/:visitorId?', async (request, reply) => {
      const erasure = await eraseVisitor(store, accessOf(request), request.params.visitorId);
      if (erasure !== 'erased') throw erasureError(erasure);
      return reply.code(200).send();
    });

    app.get('/related-visitors', (request) => {
      const access = accessOf(request);
      if (!hasFeature(access, 'relatedVisitors')) throw new FeatureNotEnabledError();
      return relatedVisitors(store, access, request.query, Date.now());
    });
  };
