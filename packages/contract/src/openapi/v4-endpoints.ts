import Type from 'typebox';
import { EdgeRequest, V4EdgeEvent } from '../v4/edge.ts';
import type { V4ErrorName } from '../v4/errors.ts';
import { V4Event, V4EventUpdate, V4SearchAnswer } from '../v4/event.ts';
import { type V4SearchName, v4SearchNames, v4SearchQuery } from '../v4/search-query.ts';
import type { ApiParameters, Endpoint } from './endpoint.ts';

/** Errors of the search's parameters, and of the edge's body, stand beside those that have a name of their own. */
export type V4DocumentedError = V4ErrorName | `search:${V4SearchName}` | 'edge:body';

/** What every endpoint may answer, in the order of the checks. */
const always = [
  'secretApiKeyRequired',
  'secretApiKeyNotFound',
  'wrongRegion',
  'subscriptionNotActive',
  'tooManyRequests',
  'failed',
  'serviceUnavailable',
] as const satisfies V4ErrorName[];

const withBody = ['payloadTooLarge', 'requestReadTimeout'] as const satisfies V4ErrorName[];

const eventId = {
  event_id: { schema: Type.String(), description: 'The id of an event.' },
} as const satisfies ApiParameters;

/** A request as a command line makes it, from an address that is nobody's (RFC 5737). */
const edgeExample: EdgeRequest = {
  headers: [
    { name: 'Host', value: 'shop.example' },
    { name: 'User-Agent', value: 'curl/8.5.0' },
    { name: 'Accept', value: '*/*' },
  ],
  method: 'GET',
  url: 'https://shop.example/',
  ipv4_address: '203.0.113.9',
};

/** Every endpoint of the Server API v4. */
export const v4Endpoints: readonly Endpoint<V4DocumentedError>[] = [
  {
    method: 'GET',
    path: '/v4/events/{event_id}',
    operationId: 'getEvent',
    summary: 'Get an event',
    description:
      'One visit, or one request that was judged at the edge. With a ruleset, also what is to be done with it.',
    tag: 'Events',
    pathParameters: eventId,
    query: {
      ruleset_id: {
        schema: Type.String(),
        description: 'A ruleset to evaluate on the event; `rule_action` of the answer holds what it says.',
      },
    },
    answer: { status: 200, description: 'The event.', schema: Type.Union([V4Event, V4EdgeEvent]) },
    errors: [...always, 'featureNotEnabled', 'invalidEventId', 'rulesetNotFound', 'eventNotFound'],
  },
  {
    method: 'PATCH',
    path: '/v4/events/{event_id}',
    operationId: 'updateEvent',
    summary: 'Update an event',
    description: 'Sets the linked id, the tags, or the mark as suspect. Events can be updated for a month.',
    tag: 'Events',
    pathParameters: eventId,
    body: { schema: V4EventUpdate, example: { suspect: false }, required: true },
    answer: { status: 200, description: 'The event is updated. The body is empty.' },
    errors: [
      ...always,
      ...withBody,
      'invalidEventId',
      'invalidBody',
      'nothingToUpdate',
      'linkedIdTooLong',
      'eventNotFound',
      'stateNotReady',
    ],
  },
  {
    method: 'GET',
    path: '/v4/events',
    operationId: 'searchEvents',
    summary: 'Search events',
    description:
      'Events that match every filter, newest first, of the last seven days unless a time is given. A filter by a product leaves out events that lack it.',
    tag: 'Events',
    query: v4SearchQuery,
    answer: { status: 200, description: 'A page of events.', schema: V4SearchAnswer },
    errors: [...always, ...v4SearchNames.map((name) => `search:${name}` as const), 'visitorNotFound'],
  },
  {
    method: 'DELETE',
    path: '/v4/visitors/{visitor_id}',
    operationId: 'deleteVisitorData',
    summary: 'Delete a visitor',
    description:
      'Erases every event of the visitor and all that was derived from them. The next visit is that of a new one.',
    tag: 'Visitors',
    pathParameters: {
      visitor_id: { schema: Type.String(), description: 'A visitor id: 20 letters and digits.' },
    },
    answer: { status: 200, description: 'The visitor is deleted. The body is empty.' },
    errors: [
      ...always,
      'featureNotEnabled',
      'workspaceScopedKeyRequired',
      'visitorIdRequired',
      'invalidVisitorId',
      'visitorNotFound',
    ],
  },
  {
    method: 'POST',
    path: '/v4/edge',
    operationId: 'judgeRequest',
    summary: 'Judge a request by its headers and addresses',
    description:
      'For requests that no browser made, or that are to be judged before a page is sent. Headers that hold secrets are to be sent with an empty value.',
    tag: 'Edge',
    body: { schema: EdgeRequest, example: edgeExample, required: true },
    answer: { status: 200, description: 'What the request looks like.', schema: V4EdgeEvent },
    errors: [...always, ...withBody, 'featureNotEnabled', 'edge:body'],
  },
];
