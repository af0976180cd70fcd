import type { ApiErrors } from '../openapi/endpoint.ts';

/**
 * Status, code and message of the errors of the v4 Server API that this server answers. A wrong search parameter has a
 * message of its own, named beside the parameter in `search-query.ts`; the edge's body too, in its own words.
 */
export const v4Errors = {
  secretApiKeyRequired: {
    status: 403,
    code: 'secret_api_key_required',
    message: 'secret API key in header is missing or empty',
    when: 'The request has no `Authorization: Bearer <secret key>`. A key in the query is not read.',
  },
  secretApiKeyNotFound: {
    status: 403,
    code: 'secret_api_key_not_found',
    message: 'no fingerprint workspace found for specified secret API key',
    when: 'The key is unknown, was revoked, or is of another kind than secret.',
  },
  wrongRegion: {
    status: 403,
    code: 'wrong_region',
    message: 'wrong region',
    when: 'The workspace of the key belongs to another region than this server.',
  },
  subscriptionNotActive: {
    status: 403,
    code: 'subscription_not_active',
    message: 'forbidden',
    when: 'The workspace is switched off.',
  },
  tooManyRequests: {
    status: 429,
    code: 'too_many_requests',
    message: 'too many requests',
    when: 'The key or the client address is over its limit. `Retry-After` says how many seconds to wait.',
  },
  featureNotEnabled: {
    status: 403,
    code: 'feature_not_enabled',
    message: 'feature not enabled',
    when: 'The workspace has this feature switched off.',
  },
  workspaceScopedKeyRequired: {
    status: 403,
    code: 'feature_not_enabled',
    message: 'workspace-scoped secret key is required',
    when: 'The key is limited to one environment, and what is asked for concerns all of them.',
  },
  invalidEventId: {
    status: 400,
    code: 'request_cannot_be_parsed',
    message: 'invalid event_id',
    when: 'The event id is not 13 digits, a dot, and 6 letters or digits.',
  },
  visitorIdRequired: {
    status: 400,
    code: 'request_cannot_be_parsed',
    message: 'visitor id is required',
    when: 'The address ends before the visitor id.',
  },
  invalidVisitorId: {
    status: 400,
    code: 'request_cannot_be_parsed',
    message: 'invalid visitor id',
    when: 'The visitor id is not 20 letters or digits.',
  },
  invalidBody: {
    status: 400,
    code: 'request_cannot_be_parsed',
    message: 'request body is not valid',
    when: 'The body is no JSON object, or a field of it has the wrong type.',
  },
  nothingToUpdate: {
    status: 400,
    code: 'request_cannot_be_parsed',
    message: 'must provide one of: linked_id, suspect, tags to be updated',
    when: 'The body has none of the fields that can be changed.',
  },
  linkedIdTooLong: {
    status: 400,
    code: 'request_cannot_be_parsed',
    message: "linked_id can't be greater than 256 characters long",
    when: 'The linked id has more than 256 characters.',
  },
  requestReadTimeout: {
    status: 400,
    code: 'request_read_timeout',
    message: 'request read timeout',
    when: 'The body did not arrive whole within 5 seconds.',
  },
  rulesetNotFound: {
    status: 400,
    code: 'ruleset_not_found',
    message: 'ruleset not found',
    when: 'The workspace has no ruleset of this id.',
  },
  routeNotFound: {
    status: 404,
    code: 'request_cannot_be_parsed',
    message: 'there is nothing at this address',
    when: 'No endpoint has this method and path.',
  },
  eventNotFound: {
    status: 404,
    code: 'event_not_found',
    message: 'event id not found',
    when: 'The key can see no event of this id, or it is too old to be changed.',
  },
  visitorNotFound: {
    status: 404,
    code: 'visitor_not_found',
    message: 'visitor not found',
    when: 'The key can see no visitor of this id.',
  },
  stateNotReady: {
    status: 409,
    code: 'state_not_ready',
    message: 'resource is not mutable yet, try again',
    when: 'The event is too fresh to be changed: try again in a moment.',
  },
  payloadTooLarge: {
    status: 413,
    code: 'payload_too_large',
    message: 'payload too large',
    when: 'The body, or the tags in it, are larger than is taken.',
  },
  failed: {
    status: 500,
    code: 'failed',
    message: 'internal server error',
    when: 'The server failed. Its log says why.',
  },
  serviceUnavailable: {
    status: 503,
    code: 'service_unavailable',
    message: 'service unavailable',
    when: 'The database does not serve at the moment. What was asked for may be done in part (erasing) or, where the connection to the database broke, in whole; asking again finishes it. `Retry-After` says how many seconds to wait.',
  },
} as const satisfies ApiErrors;

export type V4ErrorName = keyof typeof v4Errors;
export type V4ErrorCode = (typeof v4Errors)[V4ErrorName]['code'];
