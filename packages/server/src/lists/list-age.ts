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
