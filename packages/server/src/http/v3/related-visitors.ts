import { type Event, type V3RelatedVisitors, v3RelatedQuery } from '@whorl/contract';
import { findRelatives } from '../../ingest/find-relatives.ts';
import type { Store } from '../../storage/store.ts';
import type { Access } from '../server-api/access.ts';
import { queryReader } from '../server-api/read-query.ts';
import { RequestCannotBeParsedError, VisitorNotFoundError } from './errors.ts';

/** How far back visits of a related visitor may lie, in milliseconds: half a year. */
const HALF_A_YEAR = 183 * 24 * 60 * 60_000;

const parse = queryReader(v3RelatedQuery, () => new RequestCannotBeParsedError('invalidVisitorId'));

const visitorIdOf = (query: unknown): string => {
  const { visitor_id: given } = query as { visitor_id?: unknown };
  if (given === undefined || given === '') throw new RequestCannotBeParsedError('visitorIdRequired');
  return parse(query).visitor_id;
};

/** The visitor's latest event in the key's scope after a time, unix milliseconds; undefined: the key may not see it. */
const latestEvent = async (
  store: Store,
  { scope }: Access,
  visitorId: string,
  after: number,
): Promise<Event | undefined> => {
  const { workspaceId, environmentId } = scope;
  const { events } = await store.searchEvents({
    workspaceId,
    filter: { visitorId, ...(environmentId === undefined ? {} : { environmentIds: [environmentId] }) },
    after,
    before: Number.MAX_SAFE_INTEGER,
    order: 'newest-first',
    from: null,
    limit: 1,
  });
  return events[0];
};

/** What `GET /related-visitors` answers. Only visitors that came within half a year count. `now`: unix milliseconds. */
export const relatedVisitors = async (
  store: Store,
  access: Access,
  query: unknown,
  now: number,
): Promise<V3RelatedVisitors> => {
  const visitorId = visitorIdOf(query);
  const latest = await latestEvent(store, access, visitorId, 0);
  if (latest === undefined) throw new VisitorNotFoundError();
  const since = now - HALF_A_YEAR;
  const related: V3RelatedVisitors['relatedVisitors'] = [];
  for (const { visitorId: found } of await findRelatives(store, access.workspace, latest, since)) {
    // Only a key of one environment can see a visitor of the workspace and not its events.
    const isSeen = access.environment === null || (await latestEvent(store, access, found, since)) !== undefined;
    if (isSeen) related.push({ visitorId: found });
  }
  return { relatedVisitors: related };
};
