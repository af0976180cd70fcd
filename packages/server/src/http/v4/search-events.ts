import type { EdgeEvent, Event, EventPage, EventSearch, V4SearchAnswer } from '@whorl/contract';
import type { Store } from '../../storage/store.ts';
import { v4EdgeView } from '../../views/v4/edge-view.ts';
import { v4EventView } from '../../views/v4/event-view.ts';
import type { Access } from '../server-api/access.ts';
import { writeCursor } from '../server-api/search-cursor.ts';
import { viewOptions } from '../server-api/view-options.ts';
import { VisitorNotFoundError } from './errors.ts';
import { searchRequest } from './search-request.ts';

const NO_PAGE: EventPage<never> = { events: [], more: false, total: 0 };

/** Whether the key can see any event of a visitor, of whatever time. */
const isVisitor = async (store: Store, { workspace, scope }: Access, visitorId: string): Promise<boolean> => {
  const { events } = await store.searchEvents({
    workspaceId: workspace.id,
    filter: { visitorId, ...(scope.environmentId === undefined ? {} : { environmentIds: [scope.environmentId] }) },
    after: -1,
    before: Number.MAX_SAFE_INTEGER,
    order: 'newest-first',
    from: null,
    limit: 1,
  });
  return events.length > 0;
};

/** The key of the page after this one; undefined on the last. */
const nextKey = (search: EventSearch | null, { events, more }: EventPage<Event | EdgeEvent>): string | undefined => {
  const last = events.at(-1);
  if (search === null || !more || last === undefined) return undefined;
  return writeCursor({ from: { time: last.time, id: last.id }, after: search.after, before: search.before });
};

/**
 * A page of the events that a query of `GET /v4/events` asks for. Throws the v4 errors for a wrong query, and for a
 * visitor that was asked for and has no events at all.
 *
 * @param now unix milliseconds
 */
export const searchEvents = async (
  store: Store,
  access: Access,
  query: object,
  now: number,
): Promise<V4SearchAnswer> => {
  const { search, source, visitorId, counts } = searchRequest(query, access, now);
  const options = viewOptions(access);
  const answer = <E extends Event | EdgeEvent>(
    page: EventPage<E>,
    view: (event: E) => V4SearchAnswer['events'][number],
  ): V4SearchAnswer => {
    const key = nextKey(search, page);
    return {
      events: page.events.map(view),
      ...(key === undefined ? {} : { pagination_key: key }),
      ...(counts && page.total !== undefined ? { total_hits: page.total } : {}),
    };
  };
  if (source === 'edge') {
    const page = search === null ? NO_PAGE : await store.searchEdgeEvents(search);
    return answer(page, (event) => v4EdgeView(event, options));
  }
  const page = search === null ? NO_PAGE : await store.searchEvents(search);
  if (page.events.length === 0 && visitorId !== undefined && !(await isVisitor(store, access, visitorId))) {
    throw new VisitorNotFoundError();
  }
  return answer(page, (event) => v4EventView(event, options));
};
