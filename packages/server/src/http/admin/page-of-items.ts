import { LARGEST_PAGE, type Page } from '@whorl/contract';
import { cursorOf, type PagePosition, readCursor } from './page-cursor.ts';

const isAfter = (item: PagePosition, place: PagePosition): boolean =>
  item.createdAt > place.createdAt || (item.createdAt === place.createdAt && item.id > place.id);

/** One page of a list that is read whole, oldest first and then by id. `after` is where the page before ended. */
export const pageOfItems = <T extends PagePosition>(
  items: T[],
  { limit = LARGEST_PAGE, after }: { limit?: number; after?: string },
): Page<T> => {
  const place = after === undefined ? undefined : readCursor(after);
  const left = place === undefined ? items : items.filter((item) => isAfter(item, place));
  const page = left.slice(0, limit);
  const last = page.at(-1);
  return { items: page, next: last !== undefined && left.length > limit ? cursorOf(last) : null };
};
