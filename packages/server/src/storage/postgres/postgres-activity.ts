import type { ActivityFacts } from '@whorl/engine';
import { type ActivityReader, countActivity, dayOf, entityOf, spansOf } from '../count-activity.ts';
import { linksOf } from '../links.ts';
import { type ActivityRequest, BUSY_VALUES } from '../store.ts';
import type { Span } from './counted-span.ts';
import { type Line, type LineCount, type LineKey, lineKeys, readLines } from './line-counts.ts';
import {
  countLinks,
  findLatest,
  type LateValue,
  LateValues,
  type LinkCounts,
  type LinkQuestion,
  linkedValues,
} from './linked-values.ts';
import type { Queries } from './postgres-database.ts';

/** A count that took so long is used again for this many times as long: one busy entity costs at most 2% of the time. */
const REST = 50;

/** Most counts that are kept for use again. An entity enters only with more than `BUSY_VALUES` values. */
const MOST_KEPT = 256;

type Kept = { counts: LinkCounts; until: number };

const lineName = ({ workspaceId, scope, visitorId, ip }: ActivityRequest, line: Line): string =>
  line === 'visitor' ? `${workspaceId} ${visitorId}` : `${scope} ${ip}`;

/** Reads the lines that the requests ask about, each once. */
const readLine = async <L extends Line>(
  queries: Queries,
  line: L,
  requests: readonly ActivityRequest[],
): Promise<Map<string, LineCount>> => {
  const asked = new Map<string, LineKey<L> & Span>();
  for (const request of requests) {
    const { time } = request;
    const name = lineName(request, line);
    const { first, last } = asked.get(name) ?? { first: time, last: time };
    asked.set(name, { ...lineKeys[line](request), first: Math.min(first, time), last: Math.max(last, time) });
  }
  const counts = await readLines(queries, line, [...asked.values()]);
  return new Map([...asked.keys()].map((name, at) => [name, counts[at] ?? never]));
};

const never = (): never => {
  throw new Error('an entity was counted that nobody asked about');
};

/** What the requests ask about links, by entity and day. A request counts what earlier ones of the day before have shown, too. */
const questionsOf = (requests: readonly ActivityRequest[]): Map<string, LinkQuestion> => {
  const spans = spansOf(requests);
  const valuesOf = new Map<string, Set<string>>();
  const questions = new Map<string, LinkQuestion & { times: Set<number> }>();
  for (const request of requests) {
    for (const link of linksOf(request)) {
      const name = dayOf(link, request.time);
      const { from, to } = spans.get(name) ?? never();
      const values = valuesOf.get(entityOf(link)) ?? new Set();
      valuesOf.set(entityOf(link), values.add(link.value));
      const question = questions.get(name) ?? { link, first: from, last: to, times: new Set(), values };
      question.times.add(request.time);
      questions.set(name, question);
    }
  }
  return questions;
};

/** The values whose rows tell of a later time than some time asked about. */
const lateOf = (
  { link, times }: LinkQuestion,
  { moving }: LinkCounts,
  latest: ReadonlyMap<string, number>,
): LateValue[] => {
  const known = new Map([...moving, ...latest]);
  return [...times].flatMap((time) =>
    [...known].flatMap(([value, seen]) => (seen > time ? [{ link, value, time }] : [])),
  );
};

/**
 * Answers `Store.activity`. All that a batch asks about is read first, by a handful of questions to the database, and then
 * counted.
 */
export class PostgresActivity {
  readonly #busyValues: number;
  /** Counts over very many values, by entity and day. */
  readonly #kept = new Map<string, Kept>();

  constructor(busyValues = BUSY_VALUES) {
    this.#busyValues = busyValues;
  }

  async count(queries: Queries, requests: readonly ActivityRequest[]): Promise<ActivityFacts[]> {
    return requests.length === 0 ? [] : countActivity(requests, await this.#read(queries, requests));
  }

  async #read(queries: Queries, requests: readonly ActivityRequest[]): Promise<ActivityReader> {
    const visitors = await readLine(queries, 'visitor', requests);
    const addresses = await readLine(queries, 'ip', requests);
    const questions = questionsOf(requests);
    const counts = await this.#counts(queries, questions);
    const latest = await findLatest(queries, [...questions.values()]);
    const answers = [...questions].map(([name, question]) => ({
      name,
      question,
      counts: counts.get(name) ?? never(),
      latest: latest.get(question) ?? never(),
    }));
    const late = await new LateValues().read(
      queries,
      answers.flatMap((answer) => lateOf(answer.question, answer.counts, answer.latest)),
    );
    const values = new Map(
      answers.map((answer) => [answer.name, linkedValues(answer.question.link, answer.counts, answer.latest, late)]),
    );
    return {
      visitorEvents: (request) => (visitors.get(lineName(request, 'visitor')) ?? never)(request.time),
      ipEvents: (request) => (addresses.get(lineName(request, 'ip')) ?? never)(request.time),
      values: (link, from) => values.get(dayOf(link, from)) ?? never(),
    };
  }

  async #counts(queries: Queries, questions: ReadonlyMap<string, LinkQuestion>): Promise<Map<string, LinkCounts>> {
    const started = performance.now();
    const counts = new Map<string, LinkCounts>();
    const open: [string, LinkQuestion][] = [];
    for (const [name, question] of questions) {
      const kept = this.#kept.get(name);
      if (kept !== undefined && started < kept.until) counts.set(name, kept.counts);
      else open.push([name, question]);
    }
    const counted = await countLinks(
      queries,
      open.map(([, question]) => question),
    );
    const until = performance.now() + (performance.now() - started) * REST;
    open.forEach(([name], at) => {
      const found = counted[at] ?? never();
      counts.set(name, found);
      this.#kept.delete(name);
      if (found.day > this.#busyValues) this.#keep(name, { counts: found, until });
    });
    return counts;
  }

  #keep(name: string, kept: Kept): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(name, kept);
  }
}
