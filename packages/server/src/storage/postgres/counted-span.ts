import type { ActivityWindow } from '@whorl/engine';
import { WINDOW_NAMES, WINDOWS } from '../count-activity.ts';

/**
 * A span of times that windows end at, asked about by one question. What lies in a window for all of those ends is counted
 * by the database; what does only for some of them, at the windows' edges, is read. A batch spans milliseconds, so that is
 * little, however much there is in the windows.
 */

/** SQL: four columns, the last of them the condition of what has to be read. `time` is the column, `first` and `last` the span. */
const always = (time: string, span: number): string =>
  `count(*) FILTER (WHERE ${time} BETWEEN given.last - ${span} AND given.first)`;

const SPANS = Object.values(WINDOWS);

export const alwaysCounted = (time: string): string =>
  WINDOW_NAMES.map((name) => `${always(time, WINDOWS[name])} AS ${name}`).join(', ');

export const sometimesCounted = (time: string): string =>
  [
    `${time} > given.first`,
    ...SPANS.map((span) => `(${time} >= given.first - ${span} AND ${time} < given.last - ${span})`),
  ].join(' OR ');

/** Times that are in some window for every end or for some. */
export const everCounted = (time: string): string => `${time} BETWEEN given.first - ${WINDOWS.day} AND given.last`;

export type Span = { first: number; last: number };

/** Whether the database has counted the time in the window. */
export const isAlwaysCounted = (time: number, { first, last }: Span, name: keyof ActivityWindow): boolean =>
  time <= first && time >= last - WINDOWS[name];
