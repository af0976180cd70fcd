import { setImmediate } from 'node:timers/promises';
import { expect, vi } from 'vitest';
import { numberedEvent } from './many-events.ts';
import type { Asked } from './search-look.ts';
import { type ApiVersion, queryText, searchedApis } from './searched-api.ts';
import { type Known, placeOf, type SearchedServer, type SearchKey } from './searched-server.ts';

/** What is asked for. Times in unix milliseconds, both excluded. */
export type Search = {
  version: ApiVersion;
  filters: Readonly<Record<string, Asked>>;
  key: SearchKey;
  reverse: boolean;
  limit: number;
  start: number | undefined;
  end: number | undefined;
  /** Ask for the number of all matching events up to this; undefined: do not. */
  totalHits: number | undefined;
  /** Decides between spellings that mean the same. */
  variant: number;
};

/** What came of a search: how many events matched at its first page and arrived in its way, and its pages. */
export type Walk = { found: number; arrived: number; pages: number };

const WEEK = 7 * 24 * 60 * 60_000;
const SECOND = 1_000;

/** Which events the filters of a search find, whenever they were. */
export const matcherOf = ({ version, filters, key }: Pick<Search, 'version' | 'filters' | 'key'>) => {
  const { looks } = searchedApis[version];
  const names = Object.keys(looks);
  const tests = Object.entries(filters).map(([name, asked]) => ({
    at: names.indexOf(name),
    passes: looks[name]?.test(asked) ?? (() => false),
  }));
  return (event: Known): boolean => {
    if (key.environmentId !== undefined && event.environmentId !== key.environmentId) return false;
    const shown = event.shown[version];
    return tests.every(({ at, passes }) => shown[at] !== undefined && passes(shown[at]));
  };
};

/** The times between which a search that begins now looks, both excluded. */
export const timesOf = ({ start, end }: Pick<Search, 'start' | 'end'>) => ({
  after: start ?? Date.now() - WEEK,
  before: end ?? Date.now() + 1,
});

/** The events between two times, both excluded. Ids begin with the time. */
export const between = (known: readonly Known[], { after, before }: { after: number; before: number }): Known[] =>
  known.slice(placeOf(known, String(after + 1)), placeOf(known, String(before)));

const textOf = (search: Search, next: string | undefined): string => {
  const { version, filters, limit, reverse, start, end, totalHits, variant } = search;
  const { time } = searchedApis[version];
  return queryText({
    ...filters,
    limit: String(limit),
    reverse: reverse || variant % 3 === 0 ? String(reverse) : undefined,
    start: start === undefined ? undefined : time(start, variant),
    end: end === undefined ? undefined : time(end, variant >> 1),
    total_hits: totalHits === undefined ? undefined : String(totalHits),
    pagination_key: next,
  });
};

/**
 * Reads a search page by page to its end and holds every page against a plain filter over all events. Between the pages
 * events arrive: beside the last one shown, in the same millisecond; beside others; as the newest of all.
 */
export const walkPages = async (searched: SearchedServer, search: Search): Promise<Walk> => {
  const { server, owner, known, add, nextSerial } = searched;
  const { version, key, reverse, limit, totalHits, variant } = search;
  const api = searchedApis[version];
  const times = timesOf(search);
  const matches = matcherOf(search);
  const isFound = (event: Known) => event.time > times.after && event.time < times.before && matches(event);
  const matching = between(known, times).filter(matches);
  const atFirst = matching.map(({ id }) => id);
  const isVisitor =
    search.filters.visitor_id === undefined ||
    known.some(matcherOf({ version, key, filters: { visitor_id: search.filters.visitor_id } }));

  const arrive = async (last: Known | undefined, page: number): Promise<void> => {
    vi.setSystemTime(Date.now() + SECOND);
    const any = known[(variant * 7_919 + page * 104_729) % known.length];
    const like = last?.like ?? nextSerial();
    const moments = [last?.time, any?.time, Date.now()].map((time) => time ?? Date.now());
    const arrivals = moments.map((time, at) => ({ serial: nextSerial(), like: at === 1 ? nextSerial() : like, time }));
    // Beside an event anywhere, one of its own and one that is like those found.
    const beside = { serial: nextSerial(), like, time: any?.time ?? Date.now() };
    for (const event of await add([...arrivals, beside])) {
      if (isFound(event)) matching.splice(placeOf(matching, event.id), 0, event);
    }
  };

  const seen: string[] = [];
  let next: string | undefined;
  let pages = 0;
  do {
    // See searched-server.ts: the test runner must hear of this worker now and then.
    await setImmediate();
    const last = seen.at(-1);
    const beyond = matching.filter(({ id }) => last === undefined || (reverse ? id > last : id < last));
    if (!reverse) beyond.reverse();
    const expected = beyond.slice(0, Math.min(limit, api.page));
    const url = `${api.path}?${textOf(search, next)}`;
    const answer = await server.app.inject({ method: 'GET', url, headers: api.headers(key.text) });
    if (version === 'v4' && expected.length === 0 && !isVisitor) {
      expect(answer.statusCode, url).toBe(404);
      break;
    }
    expect(answer.statusCode, `${url}\n${answer.body}`).toBe(200);
    const page = api.read(answer.json());
    const ids = page.events.map((event) => api.idOf(event));
    expect(ids, url).toEqual(expected.map(({ id }) => id));
    const views = expected.map((event) => api.view(numberedEvent(event, owner)));
    const areSame = JSON.stringify(page.events) === JSON.stringify(views);
    expect(areSame, `the events of ${url} are as each is answered alone`).toBe(true);
    expect(page.next !== undefined, `${url} has a next page`).toBe(beyond.length > expected.length);
    expect(page.total, `${url} counts`).toBe(
      totalHits === undefined ? undefined : Math.min(totalHits, matching.length),
    );
    seen.push(...expected.map(({ id }) => id));
    next = page.next;
    pages += 1;
    if (next !== undefined) await arrive(expected.at(-1), pages);
  } while (next !== undefined);

  const [shown, initial] = [new Set(seen), new Set(atFirst)];
  expect(shown.size, 'no event is shown twice').toBe(seen.length);
  expect(
    atFirst.filter((id) => !shown.has(id)),
    'every event that matched at first is shown',
  ).toEqual([]);
  expect(seen, 'in their order').toEqual(reverse ? seen.toSorted() : seen.toSorted().reverse());
  return { found: atFirst.length, arrived: seen.filter((id) => !initial.has(id)).length, pages };
};
