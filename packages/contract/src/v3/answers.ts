import Type, { type Static } from 'typebox';
import { closed } from '../json.ts';
import { OBSERVATION_LIMITS } from '../observation.ts';
import { V3Event, V3Identification } from './event.ts';

/** What `GET /events/search` answers. `paginationKey` only where there is another page. */
export const V3SearchAnswer = closed({ events: Type.Array(V3Event), paginationKey: Type.Optional(Type.String()) });
export type V3SearchAnswer = Static<typeof V3SearchAnswer>;

/** A visit in the history of its visitor: what the identification of its event says of it. */
export const V3Visit = Type.Pick(
  V3Identification,
  [
    'requestId',
    'browserDetails',
    'incognito',
    'ip',
    'ipLocation',
    'linkedId',
    'timestamp',
    'time',
    'url',
    'tag',
    'confidence',
    'visitorFound',
    'firstSeenAt',
    'lastSeenAt',
  ],
  { additionalProperties: false },
);
export type V3Visit = Static<typeof V3Visit>;

/** What `GET /visitors/{visitor_id}` answers. The last two only where there are more visits to be read. */
export const V3Visits = closed({
  visitorId: Type.String(),
  visits: Type.Array(V3Visit),
  /** Time of the last visit that was read, unix milliseconds. */
  lastTimestamp: Type.Optional(Type.Integer()),
  /** Request id of the last visit that was read. */
  paginationKey: Type.Optional(Type.String()),
});
export type V3Visits = Static<typeof V3Visits>;

/** What `GET /related-visitors` answers. */
export const V3RelatedVisitors = closed({ relatedVisitors: Type.Array(closed({ visitorId: Type.String() })) });
export type V3RelatedVisitors = Static<typeof V3RelatedVisitors>;

/** The body of `PUT /events/{request_id}`: what is left out, or null, stays as it is. Other fields are not looked at. */
export const V3EventUpdate = Type.Object({
  linkedId: Type.Optional(
    Type.Union([Type.String({ maxLength: OBSERVATION_LIMITS.linkedIdLength }), Type.Null()], {
      description: 'An empty one takes the linked id away.',
    }),
  ),
  tag: Type.Optional(
    Type.Unknown({ description: 'Replaces the tag. What is no object is wrapped as `{"tag": …}`. 16 KB at most.' }),
  ),
  suspect: Type.Optional(
    Type.Union([Type.Boolean(), Type.Null()], { description: 'Marks the event as suspect, or as not.' }),
  ),
});
export type V3EventUpdate = Static<typeof V3EventUpdate>;
