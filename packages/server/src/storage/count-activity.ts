import type { ActivityFacts, ActivityWindow } from '@whorl/engine';
import { type Link, type LinkName, linkBetween, linkOf, linksOf } from './links.ts';
import type { ActivityRequest } from './store.ts';

/** The windows of the counters, in milliseconds back from an event; what is exactly so old still counts. */
export const WINDOWS: Readonly<ActivityWindow> = { minutes5: 5 * 60_000, hour: 60 * 60_000, day: 24 * 60 * 60_000 };

export const WINDOW_NAMES = Object.keys(WINDOWS) as (keyof ActivityWindow)[];

/** What a store tells of the events that it has recorded. Windows end at `time` and are inclusive at both ends. */
export interface ActivityReader {
  visitorEvents(request: ActivityRequest): ActivityWindow;
  /** Those of the request's scope. */
  ipEvents(request: ActivityRequest): ActivityWindow;
  /** The values of the link's kind and entity, for questions about times from `from` to `to`, of one UTC day. */
  values(link: Link, from: number, to: number): LinkedValues;
}

/** The recorded values of one kind that are linked to one entity. */
export interface LinkedValues {
  /** How many distinct values fall into each window that ends at `time`. */
  count(time: number): ActivityWindow;
  /** When a value was last seen at or before `time`; null when never, or more than a day before. */
  newest(value: string, time: number): number | null;
}

type Span = { from: number; to: number };

const within = (time: number, end: number, name: keyof ActivityWindow): boolean =>
  time <= end && time >= end - WINDOWS[name];

/** Adds to recorded counts, in each window that ends at `end`, those of some times that fall into it. */
const plus = (recorded: ActivityWindow, times: readonly number[], end: number): ActivityWindow => {
  const sum = { ...recorded };
  for (const time of times) for (const name of WINDOW_NAMES) if (within(time, end, name)) sum[name]++;
  return sum;
};

/** Names the entity of a link, with the kind of its values. */
export const entityOf = ({ scope, kind, entity }: Link): string => `${scope} ${kind} ${entity}`;

/** Names the entity of a link on the day of a time: what it is asked about there is read in one go. */
export const dayOf = (link: Link, time: number): string => `${Math.floor(time / WINDOWS.day)} ${entityOf(link)}`;

/** The span of each day that an entity is asked about in one call, so that its values need to be read only once. */
export const spansOf = (requests: readonly ActivityRequest[]): Map<string, Span> => {
  const spans = new Map<string, Span>();
  for (const request of requests) {
    for (const link of linksOf(request)) {
      const key = dayOf(link, request.time);
      const { from, to } = spans.get(key) ?? { from: request.time, to: request.time };
      spans.set(key, { from: Math.min(from, request.time), to: Math.max(to, request.time) });
    }
  }
  return spans;
};

/** The requests of one call, in order: none of them is recorded yet, but each counts for those after it. */
class ActivityCount {
  readonly #reader: ActivityReader;
  readonly #spans: Map<string, Span>;
  readonly #earlier: ActivityRequest[] = [];
  readonly #recorded = new Map<string, LinkedValues>();
  /** By entity: the values that requests so far show, with their times. */
  readonly #fresh = new Map<string, Map<string, number[]>>();

  constructor(reader: ActivityReader, requests: readonly ActivityRequest[]) {
    this.#reader = reader;
    this.#spans = spansOf(requests);
  }

  next(request: ActivityRequest): ActivityFacts {
    this.#earlier.push(request);
    const { workspaceId, scope, visitorId, ip, time } = request;
    const timesOf = (same: (other: ActivityRequest) => boolean): number[] =>
      this.#earlier.filter((other) => other.workspaceId === workspaceId && same(other)).map((other) => other.time);
    const distinct = (name: LinkName): ActivityWindow | null => {
      const link = linkOf(request, name);
      return link === null ? null : this.#distinct(link, time);
    };
    return {
      visitorEvents: plus(
        this.#reader.visitorEvents(request),
        timesOf((other) => other.visitorId === visitorId),
        time,
      ),
      visitorIps: this.#distinct(linkBetween(request, 'visitorIps', visitorId, ip), time),
      visitorLinkedIds: distinct('visitorLinkedIds'),
      visitorCountries: distinct('visitorCountries'),
      ipEvents: plus(
        this.#reader.ipEvents(request),
        timesOf((other) => other.scope === scope && other.ip === ip),
        time,
      ),
      linkedIdIps: distinct('linkedIdIps'),
      linkedIdVisitors: distinct('linkedIdVisitors'),
    };
  }

  /** Values that are recorded in a window, and fresh ones in it that are not among those. */
  #distinct(link: Link, end: number): ActivityWindow {
    const recorded = this.#recordedOf(link, end);
    const sum = { ...recorded.count(end) };
    for (const [value, times] of this.#freshOf(link, end)) {
      const latest = Math.max(...times.filter((time) => time <= end));
      const before = recorded.newest(value, end) ?? Number.NEGATIVE_INFINITY;
      for (const name of WINDOW_NAMES) if (within(latest, end, name) && !within(before, end, name)) sum[name]++;
    }
    return sum;
  }

  #recordedOf(link: Link, time: number): LinkedValues {
    const key = dayOf(link, time);
    const { from, to } = this.#spans.get(key) ?? { from: time, to: time };
    const recorded = this.#recorded.get(key) ?? this.#reader.values(link, from, to);
    this.#recorded.set(key, recorded);
    return recorded;
  }

  /** Notes the link as seen at `time`, and returns the fresh values of its entity. */
  #freshOf(link: Link, time: number): Map<string, number[]> {
    const fresh = this.#fresh.get(entityOf(link)) ?? new Map<string, number[]>();
    this.#fresh.set(entityOf(link), fresh);
    const times = fresh.get(link.value);
    if (times === undefined) fresh.set(link.value, [time]);
    else times.push(time);
    return fresh;
  }
}

/** Answers `Store.activity` from what the reader knows. */
export const countActivity = (requests: readonly ActivityRequest[], reader: ActivityReader): ActivityFacts[] => {
  const count = new ActivityCount(reader, requests);
  return requests.map((request) => count.next(request));
};
