import type { Event, V3Event, V4Event } from '@whorl/contract';
import { v3EventView } from '../packages/server/src/views/v3/event-view.ts';
import { v4EventView } from '../packages/server/src/views/v4/event-view.ts';
import type { Asked, Looks } from './search-look.ts';
import { v3Looks } from './v3-looks.ts';
import { v4Looks } from './v4-looks.ts';

/** A page as either version answers it. */
export type Page = { events: unknown[]; next: string | undefined; total: number | undefined };

/** One version of the Server API, as far as a search needs it. */
export type SearchedApi<A = unknown> = {
  path: string;
  /** Most events on a page, whatever was asked for. */
  page: number;
  looks: Looks<A>;
  /** The form in which it answers an event. */
  view(event: Event): A;
  idOf(answer: A): string | undefined;
  headers(key: string): Record<string, string>;
  /** A time in unix milliseconds, in one of the spellings that the version takes. */
  time(time: number, variant: number): string;
  read(body: unknown): Page;
  /** Whether it counts the events of all pages. */
  counts: boolean;
};

type V3Page = { events: unknown[]; paginationKey?: string };
type V4Page = { events: unknown[]; pagination_key?: string; total_hits?: number };

const v3: SearchedApi<V3Event> = {
  path: '/events/search',
  page: 200,
  looks: v3Looks,
  view: v3EventView,
  idOf: ({ products }) => products.identification?.data?.requestId,
  headers: (key) => ({ 'auth-api-key': key }),
  time: String,
  read: (body) => {
    const { events, paginationKey } = body as V3Page;
    return { events, next: paginationKey, total: undefined };
  },
  counts: false,
};

const v4: SearchedApi<V4Event> = {
  path: '/v4/events',
  page: 100,
  looks: v4Looks,
  view: (event) => v4EventView(event, { hidden: new Set() }),
  idOf: ({ event_id: id }) => id,
  headers: (key) => ({ authorization: `Bearer ${key}` }),
  time: (time, variant) => (variant % 2 === 0 ? String(time) : new Date(time).toISOString()),
  read: (body) => {
    const { events, pagination_key: next, total_hits: total } = body as V4Page;
    return { events, next, total };
  },
  counts: true,
};

/** An API's own type of answer matters only within it. */
export const searchedApis = { v3: v3 as SearchedApi, v4: v4 as SearchedApi } as const;

export type ApiVersion = keyof typeof searchedApis;

export const apiVersions = ['v3', 'v4'] as const satisfies ApiVersion[];

/** The names and values of a query as its text. */
export const queryText = (query: Readonly<Record<string, Asked | undefined>>): string => {
  const text = new URLSearchParams();
  for (const [name, asked] of Object.entries(query)) {
    for (const value of asked === undefined ? [] : [asked].flat()) text.append(name, value);
  }
  return text.toString();
};
