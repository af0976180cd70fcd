import type { ActivityWindow } from '@whorl/engine';
import { type LinkedValues, WINDOW_NAMES, WINDOWS } from '../count-activity.ts';
import { LINK_KINDS, type Link } from '../links.ts';
import { alwaysCounted, isAlwaysCounted, type Span, sometimesCounted } from './counted-span.ts';
import type { Queries } from './postgres-database.ts';
import { asShown, SHOWN_BY, type ShownAs, shownAs } from './shown-by.ts';
import { withRows } from './table-columns.ts';

/** The values of one kind with one entity that a batch asks about: over which span, at which times, and which values. */
export type LinkQuestion = Span & { link: Link; times: ReadonlySet<number>; values: ReadonlySet<string> };

/** How many values are in the windows for the whole span, and those that are for a part of it, with when each was last seen. */
export type LinkCounts = Span & ActivityWindow & { moving: Map<string, number> };

type Value = { entity: string; workspace: string; kind: number; value: string };

const ENTITY = { entity: 'text', workspace: 'text', kind: 'smallint' } as const;
const entityOf = ({ link }: LinkQuestion) => ({ entity: link.entity, workspace: link.scope, kind: link.kind });

type CountRow = ActivityWindow & { at: number; moving: string[] | null; seen: number[] | null };

/** Counts the values of each question's entity, by one question to the database. */
export const countLinks = async (queries: Queries, asked: readonly LinkQuestion[]): Promise<LinkCounts[]> => {
  const moving = sometimesCounted('l.latest');
  const rows = await withRows<ReturnType<typeof entityOf> & Span, CountRow>(
    queries,
    `SELECT at, counted.* FROM :rows CROSS JOIN LATERAL (
       SELECT ${alwaysCounted('l.latest')}, array_agg(l.value) FILTER (WHERE ${moving}) AS moving,
         array_agg(l.latest) FILTER (WHERE ${moving}) AS seen
       FROM whorl.links l WHERE l.entity = given.entity AND l.workspace = given.workspace AND l.kind = given.kind
         AND l.latest >= given.first - ${WINDOWS.day}
     ) counted ORDER BY at`,
    { ...ENTITY, first: 'bigint', last: 'bigint' },
    asked.map((question) => ({ ...entityOf(question), first: question.first, last: question.last })),
  );
  return rows.map(({ minutes5, hour, day, moving: values, seen }, at) => ({
    first: asked[at]?.first ?? 0,
    last: asked[at]?.last ?? 0,
    minutes5,
    hour,
    day,
    moving: new Map((values ?? []).map((value, place) => [value, seen?.[place] ?? 0])),
  }));
};

/** When each of the questions' own values was last seen with its entity, where it ever was. */
export const findLatest = async (
  queries: Queries,
  asked: readonly LinkQuestion[],
): Promise<Map<LinkQuestion, Map<string, number>>> => {
  const wanted = asked.flatMap((question) => [...question.values].map((value) => ({ question, value })));
  const rows = await withRows<Value, { at: number; latest: number }>(
    queries,
    'SELECT at, latest FROM :rows JOIN whorl.links USING (entity, workspace, kind, value)',
    { ...ENTITY, value: 'text' },
    wanted.map(({ question, value }) => ({ ...entityOf(question), value })),
  );
  const found = new Map<LinkQuestion, Map<string, number>>(asked.map((question) => [question, new Map()]));
  for (const { at, latest } of rows) {
    const { question, value } = wanted[at - 1] ?? {};
    if (question !== undefined && value !== undefined) found.get(question)?.set(value, latest);
  }
  return found;
};

/** A value whose row tells of a later time than the one asked about: another server was faster. */
export type LateValue = { link: Link; value: string; time: number };

const lateName = ({ link, value, time }: LateValue): string =>
  JSON.stringify([link.scope, link.kind, link.entity, value, time]);

/** When late values were last seen at or before the time, which only the events themselves tell. */
export class LateValues {
  readonly #seen = new Map<string, number>();

  async read(queries: Queries, late: readonly LateValue[]): Promise<this> {
    for (const kind of Object.values(LINK_KINDS)) {
      const { entity, value: column } = SHOWN_BY[kind];
      const asked = late.filter(({ link }) => link.kind === kind);
      const rows = await withRows<ShownAs & { time: number }, LateRow>(
        queries,
        `SELECT at, found.time FROM :rows CROSS JOIN LATERAL (
           SELECT e.time FROM whorl.events e WHERE e.workspace = given.workspace AND e.scope = given.scope
             AND e.${entity} = given.entity AND e.${column} = given.value AND e.time BETWEEN given.time - ${WINDOWS.day} AND given.time
           ORDER BY e.time DESC LIMIT 1
         ) found`,
        { ...shownAs(kind), time: 'bigint' },
        asked.map(({ link, value, time }) => ({ ...asShown({ ...link, value }), time })),
      );
      for (const { at, time } of rows) {
        const one = asked[at - 1];
        if (one !== undefined) this.#seen.set(lateName(one), time);
      }
    }
    return this;
  }

  lastSeen(one: LateValue): number | null {
    return this.#seen.get(lateName(one)) ?? null;
  }
}

type LateRow = { at: number; time: number };

/** What `countActivity` reads of one question's answers. */
export const linkedValues = (
  link: Link,
  counts: LinkCounts,
  latest: ReadonlyMap<string, number>,
  late: LateValues,
): LinkedValues => {
  const lastSeen = (value: string, seen: number, time: number): number | null =>
    seen <= time ? seen : late.lastSeen({ link, value, time });
  return {
    count(end) {
      const { minutes5, hour, day } = counts;
      const sum = { minutes5, hour, day };
      for (const [value, known] of counts.moving) {
        const seen = lastSeen(value, known, end) ?? Number.NEGATIVE_INFINITY;
        for (const name of WINDOW_NAMES) {
          if (!isAlwaysCounted(known, counts, name) && seen >= end - WINDOWS[name]) sum[name]++;
        }
      }
      return sum;
    },
    newest(value, time) {
      const known = latest.get(value);
      return known === undefined ? null : lastSeen(value, known, time);
    },
  };
};
