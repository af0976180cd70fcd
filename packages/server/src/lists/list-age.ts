import type { ListBody, ListState } from './list-files.ts';
import type { ListSource } from './list-source.ts';

/**
 * The time that a list is as of, unix milliseconds. An upstream that says that nothing has changed says that the list is
 * right now, unless it always changes within a time that is over: then nobody keeps it any more, and it is as old as it looks.
 */
export const asOf = (
  { changedAt, confirmedAt }: Pick<ListBody, 'changedAt' | 'confirmedAt'>,
  { mayRest }: Pick<ListSource, 'mayRest'>,
): number => (mayRest !== null && confirmedAt - changedAt > mayRest ? changedAt : confirmedAt);

/** Milliseconds until a failed look is repeated for the first time; each further failure doubles it. */
const FIRST_RETRY = 5 * 60_000;

/** When to look at the upstream next, unix milliseconds: 0 where nobody has yet. */
export const dueAt = (
  state: Pick<ListState, 'body' | 'problem'> | null,
  { every }: Pick<ListSource, 'every'>,
): number => {
  if (state === null) return 0;
  const { body, problem } = state;
  if (problem !== null) return problem.at + Math.min(every, FIRST_RETRY * 2 ** Math.min(problem.times - 1, 16));
  return body === null ? 0 : body.confirmedAt + every;
};

/** Whether to look now. A time in the future is one of a clock that was wrong, and would put the look off for as long. */
export const isDue = (
  state: Pick<ListState, 'body' | 'problem'> | null,
  source: Pick<ListSource, 'every'>,
  now: number,
): boolean => {
  const last = Math.max(state?.body?.confirmedAt ?? 0, state?.problem?.at ?? 0);
  return last > now || dueAt(state, source) <= now;
};

/** A text with less than half of the rows of the one before it was most likely cut off; after this time it is believed. */
const TRUST_SHRUNK = 3 * 24 * 60 * 60_000;

/** Whether so few rows can be the successor of the list that is held. */
export const isPlausibleSuccessor = (rows: number, held: ListBody | null, now: number): boolean =>
  held === null || rows * 2 >= held.rows || now - held.confirmedAt > TRUST_SHRUNK;
