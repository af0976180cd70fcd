import Type, { type TSchema } from 'typebox';
import { closed } from '../json.ts';
import type { ApiParameters } from '../openapi/endpoint.ts';

/** Most items of one page, and how many there are without a `limit`. */
export const LARGEST_PAGE = 100;

/** Query of every list of the management API. */
export const pagingQuery = {
  limit: {
    schema: Type.Integer({ minimum: 1, maximum: LARGEST_PAGE, default: LARGEST_PAGE }),
    description: 'At most so many items.',
  },
  after: {
    schema: Type.String({ minLength: 1, maxLength: 256 }),
    description: 'Where to go on: `next` of the page before.',
  },
} as const satisfies ApiParameters;

/** A page of a list. */
export const pageOf = <T extends TSchema>(item: T) =>
  closed({
    items: Type.Array(item),
    next: Type.Union([Type.String(), Type.Null()], {
      description: 'To be sent as `after` for the next page; null on the last one.',
    }),
  });

/** A page of a list, as a type. */
export type Page<T> = { items: T[]; next: string | null };
