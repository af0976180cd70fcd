import { LARGEST_PAGE, type Page } from '@whorl/contract';
import { RequestCannotBeParsedError } from './errors.ts';

/** One page of a list that is read whole. `after` is the id of the last item of the page before. */
export const pageOfItems = <T extends { id: string }>(
  items: T[],
  { limit = LARGEST_PAGE, after }: { limit?: number; after?: string },
): Page<T> => {
  const before = after === undefined ? -1 : items.findIndex(({ id }) => id === after);
  if (after !== undefined && before === -1) {
    throw new RequestCannotBeParsedError([{ field: '/after', problem: 'is not the `next` of a page of this list' }]);
  }
  const page = items.slice(before + 1, before + 1 + limit);
  const more = before + 1 + limit < items.length;
  return { items: page, next: more ? (page.at(-1)?.id ?? null) : null };
};
