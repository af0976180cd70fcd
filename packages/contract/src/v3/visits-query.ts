import Type from 'typebox';
import { REQUEST_ID_PATTERN, VISITOR_ID_PATTERN } from '../ids.ts';
import { OBSERVATION_LIMITS } from '../observation.ts';
import type { ApiParameters } from '../openapi/endpoint.ts';

/** Visits that are read for one page: by default, and at most. */
export const V3_VISITS_PAGE = { usual: 100, most: 500 } as const;

/** The parameters of `GET /visitors/{visitor_id}` by their names on the wire. */
export const v3VisitsQuery = {
  request_id: {
    schema: Type.String({ maxLength: 64 }),
    description: 'Of the visits that were read, the one with this request id.',
  },
  linked_id: {
    schema: Type.String({ maxLength: OBSERVATION_LIMITS.linkedIdLength }),
    description: 'Of the visits that were read, those with exactly this linked id.',
  },
  limit: {
    schema: Type.Integer({ minimum: 0, maximum: 2 ** 31 - 1 }),
    description: `How many visits to read, newest first, before they are filtered: ${V3_VISITS_PAGE.usual} by default, ${V3_VISITS_PAGE.most} at most.`,
  },
  paginationKey: {
    schema: Type.String({ pattern: REQUEST_ID_PATTERN }),
    description: 'The `paginationKey` of the page before: the request id of the last visit that was read for it.',
  },
  before: {
    schema: Type.Integer({ minimum: 0, maximum: 8.64e15 }),
    description: 'Visits before this time, unix milliseconds. An older way to page; `paginationKey` misses nothing.',
  },
} as const satisfies ApiParameters;

/** The parameters of `GET /related-visitors` by their names on the wire. */
export const v3RelatedQuery = {
  visitor_id: {
    schema: Type.String({ pattern: VISITOR_ID_PATTERN }),
    description: 'The visitor whose device is meant.',
    required: true,
  },
} as const satisfies ApiParameters;
