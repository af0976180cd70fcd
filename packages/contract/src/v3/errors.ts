import Type, { type Static } from 'typebox';
import { closed, oneOf } from '../json.ts';

/** All unparseable requests have one code; the message says what was wrong, in one of these words. */
const unparseable = <const M extends string>(message: M, when: string) =>
  ({ status: 400, code: 'RequestCannotBeParsed', message, when }) as const;

/** Status, code and message of every error of the v3 Server API, in the order of the checks; `when` says what it means. */
export const v3Errors = {
  tokenRequired: {
    status: 403,
    code: 'TokenRequired',
    message: 'secret key is required',
    when: 'No secret key came, neither in the header `Auth-API-Key` nor in `api_key` of the query.',
  },
  tokenNotFound: {
    status: 403,
    code: 'TokenNotFound',
    message: 'secret key is not found',
    when: 'The key is unknown, was revoked, or is no secret key.',
  },
  wrongRegion: {
    status: 403,
    code: 'WrongRegion',
    message: 'wrong region',
    when: "The key's workspace lives in another region than the one that this server answers for.",
  },
  subscriptionNotActive: {
    status: 403,
    code: 'SubscriptionNotActive',
    message: 'forbidden',
    when: 'The workspace is switched off.',
  },
  tooManyRequests: {
    status: 429,
    code: 'TooManyRequests',
    message: 'too many requests',
    when: 'The limit of the workspace is reached. The header `Retry-After` says how many seconds to wait.',
  },
  featureNotEnabled: {
    status: 403,
    code: 'FeatureNotEnabled',
    message: 'feature not enabled',
    when: 'The workspace has this feature switched off.',
  },
  workspaceScopedSecretKeyRequired: {
    status: 403,
    code: 'WorkspaceScopedSecretKeyRequired',
    message: 'workspace-scoped secret key is required',
    when: 'The key is limited to one environment; this needs one of the whole workspace.',
  },
  invalidBody: unparseable(
    'request body is not valid',
    'The body is no JSON object, a field of it or a parameter has the wrong type, or is too long.',
  ),
  nothingToUpdate: unparseable(
    'must provide one of: linkedId, suspect, tags to be updated',
    'The body names none of the fields that can be updated.',
  ),
  linkedIdTooLong: unparseable(
    "linked_id can't be greater than 256 characters long",
    'The linked id has more than 256 characters.',
  ),
  visitorIdRequired: unparseable('visitor id is required', 'The visitor id is missing or empty.'),
  invalidVisitorId: unparseable('invalid visitor id', 'A visitor id has 20 letters and digits.'),
  invalidLimit: unparseable('invalid limit', 'The limit is missing, or is no whole number of 1 or more.'),
  invalidPaginationKey: unparseable(
    'invalid pagination key',
    'The pagination key is none that an earlier page has given, nor the time of an event in milliseconds.',
  ),
  invalidBotType: unparseable('invalid bot type', '`bot` must be `all`, `good`, `bad` or `none`.'),
  invalidIpAddress: unparseable('invalid ip address', '`ip_address` must be a network in CIDR notation.'),
  invalidStartTime: unparseable('invalid start time', '`start` must be a time in unix milliseconds.'),
  invalidEndTime: unparseable('invalid end time', '`end` must be a time in unix milliseconds.'),
  invalidReverse: unparseable('invalid reverse param', '`reverse` must be `true` or `false`.'),
  routeNotFound: {
    status: 404,
    code: 'RequestCannotBeParsed',
    message: 'there is nothing at this address',
    when: 'No endpoint has this method and path.',
  },
  requestNotFound: {
    status: 404,
    code: 'RequestNotFound',
    message: 'request id not found',
    when: 'The key sees no event of this id, or the event is too old for what was asked.',
  },
  visitorNotFound: {
    status: 404,
    code: 'VisitorNotFound',
    message: 'visitor not found',
    when: 'The key sees no visitor of this id: it never was, or it was deleted.',
  },
  stateNotReady: {
    status: 409,
    code: 'StateNotReady',
    message: 'resource is not mutable yet, try again',
    when: 'The event is too fresh to be changed. Try again a little later.',
  },
  failed: {
    status: 500,
    code: 'Failed',
    message: 'internal server error',
    when: 'Something went wrong in the server; its log says what.',
  },
  serviceUnavailable: {
    status: 503,
    // The published codes have none for this; clients that look at the code alone take it for a failure, which it is.
    code: 'Failed',
    message: 'service unavailable',
    when: 'The database does not serve at the moment. What was asked for may be done in part (erasing) or, where the connection to the database broke, in whole; asking again finishes it. The header `Retry-After` says how many seconds to wait.',
  },
} as const;

export type V3ErrorName = keyof typeof v3Errors;

/** The errors that say what of a request cannot be parsed. */
export type V3ParseErrorName = {
  [N in V3ErrorName]: (typeof v3Errors)[N]['code'] extends 'RequestCannotBeParsed' ? N : never;
}[V3ErrorName];

/** The errors of `GET /visitors/{visitor_id}`, which are older than the others and have no codes. */
export const v3PlainErrors = {
  forbidden: {
    status: 403,
    message: 'Forbidden (HTTP 403)',
    when: 'The secret key is missing, unknown, or of a workspace that is switched off.',
  },
  wrongRegion: {
    status: 403,
    message: 'Wrong region (HTTP 403)',
    when: "The key's workspace lives in another region than the one that this server answers for.",
  },
  tooManyRequests: {
    status: 429,
    message: 'too many requests',
    when: 'The limit of the workspace is reached. The header `Retry-After` says how many seconds to wait.',
  },
  badRequest: {
    status: 400,
    message: 'bad request',
    when: 'The visitor id or a parameter is not well formed.',
  },
  failed: {
    status: 500,
    message: 'internal server error',
    when: 'Something went wrong in the server; its log says what.',
  },
  serviceUnavailable: {
    status: 503,
    message: 'service unavailable',
    when: 'The database does not serve at the moment. The header `Retry-After` says how many seconds to wait.',
  },
} as const;

export type V3PlainErrorName = keyof typeof v3PlainErrors;

/** The codes of {@link v3Errors}, each once. */
export const v3ErrorCodes = [...new Set(Object.values(v3Errors).map(({ code }) => code))];

/** The form of an error: of all endpoints but one, and of each product that failed within an event. */
export const V3Error = closed({ error: closed({ code: oneOf(...v3ErrorCodes), message: Type.String() }) });
export type V3Error = Static<typeof V3Error>;

/** The form of an error of `GET /visitors/{visitor_id}`. */
export const V3PlainError = closed({ error: Type.String() });
export type V3PlainError = Static<typeof V3PlainError>;
