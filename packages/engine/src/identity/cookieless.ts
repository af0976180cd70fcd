import type { CountOf, Raise } from './frequencies.ts';
import { hashText, joinHashes } from './hash-text.ts';
import type { Decision } from './identity.ts';

/** Part of the keys of these counts. Stored: never renumber. */
const COOKIELESS = 12;

/** Whose visits are counted. Stored: never renumber. */
const sorts = { strangers: 0, returns: 1 } as const;
type Sort = (typeof sorts)[keyof typeof sorts];

const MINUTES_A_WEEK = 7 * 1440;

/** Visits of either sort that are taken for seen before any is: what a site's first visitors are says little of the later ones. */
const BEGUN = 3;

const weekOf = (minute: number): number => Math.floor(minute / MINUTES_A_WEEK);

const weekKey = (group: string, sort: Sort, week: number): number =>
  joinHashes(COOKIELESS, hashText(group), week * 2 + sort);

/** This week and the one before. */
const lately = (minute: number): number[] => [weekOf(minute), weekOf(minute) - 1];

/** Keys that {@link strangersPerReturn} asks for. `group`: see `calibrationGroup`; `minute`: now, in minutes since 1970. */
export const cookielessKeys = (group: string, minute: number): number[] =>
  Object.values(sorts).flatMap((sort) => lately(minute).map((week) => weekKey(group, sort, week)));

/**
 * What to count for a visit at `minute`, since 1970, that brought no token, once it is decided; nothing where nothing was compared. By how likely it is a new visitor's, not by what was
 * decided: returns that nobody dares to link would else make every link look rarer, and be linked still less.
 */
export const countCookieless = (
  minute: number,
  { match, confidence, newcomer, group }: Pick<Decision, 'match' | 'confidence' | 'newcomer' | 'group'>,
): Raise[] => {
  if (group === null) return [];
  const week = weekOf(minute);
  const isNew = match === null ? confidence : newcomer;
  return [
    { key: weekKey(group, sorts.strangers, week), by: isNew },
    { key: weekKey(group, sorts.returns, week), by: 1 - isNew },
  ];
};

/** How many new visitors there were lately for each visit of somebody known, among those of a group that brought no token. */
export const strangersPerReturn = (countOf: CountOf, group: string, minute: number): number => {
  const all = (sort: Sort): number =>
    lately(minute).reduce((sum, week) => sum + countOf(weekKey(group, sort, week)), BEGUN);
  return all(sorts.strangers) / all(sorts.returns);
};
