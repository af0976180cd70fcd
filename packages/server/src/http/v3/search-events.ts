import type { V3SearchAnswer } from '@whorl/contract';
import type { Store } from '../../storage/store.ts';
import { v3EventView } from '../../views/v3/event-view.ts';
import type { Access } from '../server-api/access.ts';
import { writeCursor } from '../server-api/search-cursor.ts';
import { viewOptions } from '../server-api/view-options.ts';
import { searchRequest } from './search-request.ts';

/** A page of the events that a query of `GET /events/search` asks for. `now`: unix milliseconds. */
export const searchEvents = async (
  store: Store,
  access: Access,
  query: unknown,
  now: number,
): Promise<V3SearchAnswer> => {
  const search = searchRequest(query, access, now);
  if (search === null) return { events: [] };
  const { events, more } = await store.searchEvents(search);
  const last = events.at(-1);
  const { after, before } = search;
  const options = viewOptions(access);
  return {
    events: events.map((event) => v3EventView(event, options)),
    ...(more && last !== undefined
      ? { paginationKey: writeCursor({ from: { time: last.time, id: last.id }, after, before }) }
      : {}),
  };
};
