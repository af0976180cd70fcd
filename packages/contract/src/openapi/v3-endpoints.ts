import Type from 'typebox';
import { V3EventUpdate, V3RelatedVisitors, V3SearchAnswer, V3Visits } from '../v3/answers.ts';
import type { V3ErrorName, V3PlainErrorName } from '../v3/errors.ts';
import { V3Event } from '../v3/event.ts';
import { v3SearchQuery } from '../v3/search-query.ts';
import { v3RelatedQuery, v3VisitsQuery } from '../v3/visits-query.ts';
import type { ApiParameters, Endpoint } from './endpoint.ts';

/** Errors without a code, by their names with `plain` before them: both kinds are in one document. */
export type V3DocumentedError = V3ErrorName | `plain:${V3PlainErrorName}`;

/** What every endpoint may answer, in the order of the checks. */
const always = [
  'tokenRequired',
  'tokenNotFound',
  'wrongRegion',
  'subscriptionNotActive',
  'tooManyRequests',
  'failed',
  'serviceUnavailable',
] as const satisfies V3ErrorName[];

const searchErrors = [...new Set(Object.values(v3SearchQuery).map(({ error }) => error))];

const requestId = {
  request_id: { schema: Type.String(), description: 'The request id of an event.' },
} as const satisfies ApiParameters;
const visitorId = {
  visitor_id: { schema: Type.String(), description: 'A visitor id: 20 letters and digits.' },
} as const satisfies ApiParameters;

/** Every endpoint of the Server API v3. */
export const v3Endpoints: readonly Endpoint<V3DocumentedError>[] = [
  {
    method: 'GET',
    path: '/events/{request_id}',
    operationId: 'getEvent',
    summary: 'Get an event',
    description: 'One visit with the identification and every product. An id that is not well formed is not found.',
    tag: 'Events',
    pathParameters: requestId,
    answer: { status: 200, description: 'The event.', schema: V3Event },
    errors: [...always, 'requestNotFound'],
  },
  {
    method: 'PUT',
    path: '/events/{request_id}',
    operationId: 'updateEvent',
    summary: 'Update an event',
    description:
      'Sets the linked id, the tag, or the mark as suspect; what the body leaves out stays as it is. The body is JSON, whatever its content type. Events can be updated for ten days.',
    tag: 'Events',
    pathParameters: requestId,
    body: { schema: V3EventUpdate, example: { suspect: false }, required: true },
    answer: { status: 200, description: 'The event is updated. The body is empty.' },
    errors: [...always, 'invalidBody', 'nothingToUpdate', 'linkedIdTooLong', 'requestNotFound', 'stateNotReady'],
  },
  {
    method: 'GET',
    path: '/events/search',
    operationId: 'searchEvents',
    summary: 'Search events',
    description:
      'Events that match every filter, newest first, of the last seven days unless a time is given. A filter by a product leaves out events that lack the product.',
    tag: 'Events',
    query: v3SearchQuery,
    answer: { status: 200, description: 'A page of events.', schema: V3SearchAnswer },
    errors: [...always, ...searchErrors],
  },
  {
    method: 'GET',
    path: '/visitors/{visitor_id}',
    operationId: 'getVisits',
    summary: 'List the visits of a visitor',
    description:
      'Newest first. So many visits are read as `limit` says, and filtered after that: a page may hold fewer, or none, and still have a next one. A visitor that is unknown or deleted has no visits.',
    tag: 'Visitors',
    pathParameters: visitorId,
    query: v3VisitsQuery,
    answer: { status: 200, description: 'A page of visits.', schema: V3Visits },
    errors: [
      'plain:forbidden',
      'plain:wrongRegion',
      'plain:tooManyRequests',
      'plain:badRequest',
      'plain:failed',
      'plain:serviceUnavailable',
    ],
  },
  {
    method: 'DELETE',
    path: '/visitors/{visitor_id}',
    operationId: 'deleteVisitorData',
    summary: 'Delete a visitor',
    description:
      'Erases every event of the visitor and all that was derived from them. The next visit is that of a new one.',
    tag: 'Visitors',
    pathParameters: visitorId,
    answer: { status: 200, description: 'The visitor is deleted. The body is empty.' },
    errors: [
      ...always,
      'featureNotEnabled',
      'workspaceScopedSecretKeyRequired',
      'visitorIdRequired',
      'invalidVisitorId',
      'visitorNotFound',
    ],
  },
  {
    method: 'GET',
    path: '/related-visitors',
    operationId: 'getRelatedVisitors',
    summary: 'List other browsers of the same device',
    tag: 'Visitors',
    query: v3RelatedQuery,
    answer: {
      status: 200,
      description: 'Visitor ids; none where no other browser is known.',
      schema: V3RelatedVisitors,
    },
    errors: [...always, 'featureNotEnabled', 'visitorIdRequired', 'invalidVisitorId', 'visitorNotFound'],
  },
];
