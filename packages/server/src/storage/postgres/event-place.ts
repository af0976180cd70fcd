import { bucketOf, tailOf, timeOf } from '../request-id.ts';

/** The key of an event's row. */
export type EventPlace = { bucket: number; time: number; tail: string };

/** The columns of the key. */
export const PLACE = { bucket: 'smallint', time: 'bigint', tail: 'text' } as const;

/** Where the event of a well-formed id is. */
export const placeOf = (id: string): EventPlace => ({ bucket: bucketOf(id), time: timeOf(id), tail: tailOf(id) });

/** The id of what is at a place. */
export const idAt = ({ time, tail }: EventPlace): string => `${time}.${tail}`;
