import Type, { type Static } from 'typebox';
import { REQUEST_ID_PATTERN } from '../ids.ts';
import { closed } from '../json.ts';
import { OBSERVATION_LIMITS } from '../observation.ts';

/** Body that says which edge events to erase. */
export const EdgeEraseRequest = Type.Object(
  {
    eventId: Type.Optional(Type.String({ pattern: REQUEST_ID_PATTERN, description: 'The event of this id.' })),
    ipAddress: Type.Optional(
      Type.String({
        minLength: 2,
        maxLength: 49,
        description:
          'All events of clients with this address, or with one in this network: `203.0.113.9`, `2001:db8:1:2::/64`. Of a client with an address of each family either one finds it.',
      }),
    ),
    linkedId: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: OBSERVATION_LIMITS.linkedIdLength,
        description: 'All events with this linked id.',
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1, maxProperties: 1, description: 'Exactly one field.' },
);
export type EdgeEraseRequest = Static<typeof EdgeEraseRequest>;

/** What was erased. */
export const EdgeEraseAnswer = closed({ erased: Type.Integer({ minimum: 0, description: 'How many events.' }) });
