import {
  type EventFilter,
  type EventSearch,
  V4_SEARCH_PAGE,
  type V4SearchName,
  type V4SearchParameter,
  v4FieldPlatforms,
  v4SearchFault,
  v4SearchNames,
  v4SearchQuery,
} from '@whorl/contract';
import type { Access } from '../server-api/access.ts';
import { type Query, queryReader } from '../server-api/read-query.ts';
import { readCursor } from '../server-api/search-cursor.ts';
import { WEEK } from '../server-api/week.ts';
import { RequestCannotBeParsedError } from './errors.ts';
import { joinFilters } from './join-filters.ts';
import { readTime } from './read-time.ts';
import { type Condition, searchConditions } from './search-conditions.ts';

/** What a query of `GET /v4/events` asks for; `search` is null where no event can match. */
export type SearchRequest = {
  search: EventSearch | null;
  source: 'device' | 'edge';
  /** The visitor that was asked for. */
  visitorId: string | undefined;
  /** Whether the matching events are to be counted. */
  counts: boolean;
};

type SearchQuery = Query<typeof v4SearchQuery>;
type Source = SearchRequest['source'];

const refusal = (name: V4SearchName) => new RequestCannotBeParsedError(v4SearchFault(name));

const parse = queryReader(v4SearchQuery, refusal);

/** Bracket notation is not read; passing over it would answer events that were filtered out. */
const refuseBrackets = (query: object): void => {
  const bracketed = v4SearchNames.find((name) => `${name}[]` in query);
  if (bracketed !== undefined) throw refusal(bracketed);
};

/** What a parameter asks for, and that the event shows what it looks at. */
const conditionsOf = (query: SearchQuery, name: V4SearchName, access: Access, source: Source): Condition[] => {
  if (query[name] === undefined || !(name in searchConditions)) return [];
  const { product, field, edge }: V4SearchParameter = v4SearchQuery[name];
  // The table of conditions has each name's own type of value; that both have the same name is what the cast says.
  const ask = searchConditions[name as keyof typeof searchConditions] as (value: unknown, source: Source) => Condition;
  const asked = ask(query[name], source);
  if (product !== undefined && access.workspace.disabledFeatures.includes(product)) return [asked, 'nothing'];
  if (source === 'edge') return edge === undefined ? [asked, 'nothing'] : [asked];
  return field === undefined ? [asked] : [asked, { sdkPlatforms: [...v4FieldPlatforms[field]] }];
};

/** What events have to be like; undefined where none can be. Throws for a value that cannot be read. */
const filterOf = (query: SearchQuery, access: Access, source: Source): EventFilter | undefined => {
  const { environmentId } = access.scope;
  const filters: EventFilter[] = environmentId === undefined ? [] : [{ environmentIds: [environmentId] }];
  let isPossible = true;
  for (const name of v4SearchNames) {
    for (const condition of conditionsOf(query, name, access, source)) {
      if (condition === 'wrong') throw refusal(name);
      if (condition === 'nothing') isPossible = false;
      else filters.push(condition);
    }
  }
  return isPossible ? joinFilters(filters) : undefined;
};

const timeOf = (query: SearchQuery, name: 'start' | 'end'): number | undefined => {
  const moment = query[name];
  if (moment === undefined) return undefined;
  const time = readTime(moment, { later: name === 'end' });
  if (time === undefined) throw refusal(name);
  return time;
};

/** Between which times to look, and where to go on. A page that follows another looks between the times of the first. */
const placeOf = (query: SearchQuery, now: number): Pick<EventSearch, 'after' | 'before' | 'from'> => {
  const start = timeOf(query, 'start');
  const end = timeOf(query, 'end');
  // What happens in this very millisecond is searched as well.
  if (query.pagination_key === undefined) return { after: start ?? now - WEEK, before: end ?? now + 1, from: null };
  const cursor = readCursor(query.pagination_key);
  if (cursor === undefined) throw refusal('pagination_key');
  return cursor;
};

/**
 * Reads a query of `GET /v4/events`. Throws the error of the first wrong parameter.
 *
 * @param now unix milliseconds
 */
export const searchRequest = (given: object, access: Access, now: number): SearchRequest => {
  refuseBrackets(given);
  const query = parse(given);
  const [source = 'device', ...more] = query.source ?? [];
  if (more.length > 0) throw refusal('source');
  const filter = filterOf(query, access, source);
  // Read even where nothing can match: a wrong time is told of whatever else was asked.
  const place = placeOf(query, now);
  const search: EventSearch | null =
    filter === undefined
      ? null
      : {
          workspaceId: access.workspace.id,
          filter,
          ...place,
          order: query.reverse === true ? 'oldest-first' : 'newest-first',
          limit: query.limit ?? V4_SEARCH_PAGE,
          ...(query.total_hits === undefined ? {} : { countUpTo: query.total_hits }),
        };
  return { search, source, visitorId: query.visitor_id, counts: query.total_hits !== undefined };
};
