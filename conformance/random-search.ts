import fc from 'fast-check';
import type { Asked } from './search-look.ts';
import { type ApiVersion, searchedApis } from './searched-api.ts';
import type { Known, SearchedServer } from './searched-server.ts';
import { between, matcherOf, type Search, timesOf } from './walk-pages.ts';

/** What is drawn of a search before it is known which events there are. Numbers stand for events, in some order. */
type Draft = {
  target: number;
  filters: { name: string; other: number | null; variant: number }[];
  limited: boolean;
  reverse: boolean;
  limit: number;
  times: 'default' | 'start' | 'end' | 'both';
  from: number;
  to: number;
  totalHits: number | null;
  variant: number;
};

/** Pages that a search is read in at most; one that finds more is asked about a shorter time. */
const MOST_PAGES = 4;

const someEvent = fc.nat(2 ** 30);

export const draftOf = (version: ApiVersion): fc.Arbitrary<Draft> => {
  const { looks, page, counts } = searchedApis[version];
  return fc.record({
    target: someEvent,
    filters: fc.uniqueArray(
      fc.record({
        name: fc.constantFrom(...Object.keys(looks)),
        // Half of the filters fit one and the same event, so that something is found; the others fit another each.
        other: fc.option(someEvent, { freq: 2 }),
        variant: fc.nat(1_000),
      }),
      { minLength: 1, maxLength: 4, selector: ({ name }) => name },
    ),
    limited: fc.nat(5).map((at) => at === 0),
    reverse: fc.boolean(),
    limit: fc.constantFrom(1, 3, 10, 25, 40, 60, page, ...(version === 'v3' ? [1_000, 2 ** 31 - 1] : [])),
    // Mostly short times: whoever finds little in a long one has looked through all of it.
    times: fc.constantFrom(...(['default', 'start', 'end', 'both', 'both', 'both'] as const)),
    from: someEvent,
    to: someEvent,
    totalHits: counts ? fc.option(fc.integer({ min: 1, max: 1_000 })) : fc.constant(null),
    variant: fc.nat(1_000),
  });
};

/** The filters of a draft: each asks for something that an event shows. What that event does not show is left out. */
const filtersOf = (version: ApiVersion, { known }: SearchedServer, draft: Draft): Record<string, Asked> => {
  const { looks } = searchedApis[version];
  const names = Object.keys(looks);
  const asked: Record<string, Asked> = {};
  for (const { name, other, variant } of draft.filters) {
    const shown = known[(other ?? draft.target) % known.length]?.shown[version][names.indexOf(name)];
    const value = shown === undefined ? undefined : looks[name]?.ask(shown, variant);
    if (value !== undefined) asked[name] = value;
  }
  return asked;
};

/** The first of the events that pass, up to `most`; what lies behind them is not looked at. */
const firstOf = (events: Iterable<Known>, passes: (event: Known) => boolean, most: number): Known[] => {
  const found: Known[] = [];
  for (const event of events) {
    if (found.length === most) break;
    if (passes(event)) found.push(event);
  }
  return found;
};

/**
 * The same search, of a shorter time where it would find more than `most` events. Only to keep the time of a test within
 * bounds: what is expected is worked out from the search that comes of it.
 */
const shortened = (search: Search, known: readonly Known[], from: number, most: number): Search => {
  const matches = matcherOf(search);
  const searched = between(known, timesOf(search));
  const at = searched.length === 0 ? 0 : from % searched.length;
  const later = firstOf(searched.slice(at), matches, most + 1);
  if (later.length > most) return { ...search, start: searched[at]?.time, end: later.at(-1)?.time };
  const earlier = firstOf(searched.slice(0, at), matches, most + 1 - later.length);
  return earlier.length + later.length > most ? { ...search, end: earlier.at(-1)?.time } : search;
};

/** The search of a draft, on a server with these events. */
export const searchOf = (version: ApiVersion, searched: SearchedServer, draft: Draft): Search => {
  const { known, keys } = searched;
  const key = keys[draft.limited ? 1 : 0];
  if (key === undefined) throw new Error('the server has no such key');
  const timeOf = (at: number) => known[at % known.length]?.time ?? 0;
  const [first = 0, last = 0] = [timeOf(draft.from), timeOf(draft.to)].toSorted((one, other) => one - other);
  const search: Search = {
    version,
    filters: filtersOf(version, searched, draft),
    key,
    reverse: draft.reverse,
    limit: draft.limit,
    start: draft.times === 'start' || draft.times === 'both' ? first : undefined,
    end: draft.times === 'end' || draft.times === 'both' ? last : undefined,
    totalHits: draft.totalHits ?? undefined,
    variant: draft.variant,
  };
  const most = Math.min(draft.limit, searchedApis[version].page) * MOST_PAGES;
  return shortened(search, known, draft.from, most);
};
