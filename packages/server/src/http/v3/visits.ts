import { type Event, V3_VISITS_PAGE, type V3Visits, VISITOR_ID_PATTERN, v3VisitsQuery } from '@whorl/contract';
import type { Store } from '../../storage/store.ts';
import { v3VisitView } from '../../views/v3/visit-view.ts';
import type { Access } from '../server-api/access.ts';
import { queryReader } from '../server-api/read-query.ts';
import { viewOptions } from '../server-api/view-options.ts';
import { RequestCannotBeParsedError } from './errors.ts';

const VISITOR_ID = new RegExp(VISITOR_ID_PATTERN);

/** After every time that an event can have. */
const END_OF_TIME = Number.MAX_SAFE_INTEGER;

// Whatever is wrong, the answer of this endpoint is the same two words.
const parse = queryReader(v3VisitsQuery, () => new RequestCannotBeParsedError('invalidBody'));

const positionOf = (requestId: string) => ({ time: Number(requestId.slice(0, requestId.indexOf('.'))), id: requestId });

/**
 * The history of a visitor: so many visits are read, newest first, and then filtered, so that a page may show fewer than
 * there were asked for although there are more. A visitor that is not known, or no longer, has no visits.
 */
export const visits = async (store: Store, access: Access, visitorId: string, query: unknown): Promise<V3Visits> => {
  if (!VISITOR_ID.test(visitorId)) throw new RequestCannotBeParsedError('invalidVisitorId');
  const { request_id: requestId, linked_id: linkedId, limit, paginationKey, before } = parse(query);
  const scanned = Math.min(limit ?? V3_VISITS_PAGE.usual, V3_VISITS_PAGE.most);
  if (scanned === 0) return { visitorId, visits: [] };
  const { workspaceId, environmentId } = access.scope;
  const page = await store.searchEvents({
    workspaceId,
    filter: { visitorId, ...(environmentId === undefined ? {} : { environmentIds: [environmentId] }) },
    after: 0,
    before: before ?? END_OF_TIME,
    order: 'newest-first',
    from: paginationKey === undefined ? null : positionOf(paginationKey),
    limit: scanned,
  });
  const last = page.events.at(-1);
  const isWanted = (event: Event): boolean =>
    (requestId === undefined || event.id === requestId) && (linkedId === undefined || event.linkedId === linkedId);
  return {
    visitorId,
    visits: page.events.filter(isWanted).map((event) => v3VisitView(event, viewOptions(access))),
    ...(page.more && last !== undefined ? { lastTimestamp: last.time, paginationKey: last.id } : {}),
  };
};
