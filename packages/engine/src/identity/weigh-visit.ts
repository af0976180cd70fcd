import { arrivalKeys, newPerDay } from './arrivals.ts';
import { type BlockingKeyName, keysOf } from './blocking-keys.ts';
import { type CountOf, commonnessKeys, readCommonness } from './frequencies.ts';
import { helloKeys } from './hello-pairs.ts';
import { type Line, lineKey, unreadOf } from './lines.ts';
import { type IdentityModel, modelOf } from './model.ts';
import type { Portrait } from './portrait.ts';
import { type Known, type Posterior, posteriorOf } from './posterior.ts';
import { rankKeys } from './rarity-ranks.ts';
import { readTokenHabit, tokenHabitKeys } from './token-habit.ts';
import { readVersions, versionKeys } from './versions.ts';

/** Most visitors that are read of one line: the work of a visit must not grow with the crowd. */
export const VISITORS_PER_KEY = 48;

/** Most visitors that are compared with one visit. */
export const MOST_COMPARED = 96;

/** Whom a visit may belong to, and how long the lines are that they were found in. */
export type Field<Id> = { candidates: readonly Known<Id>[]; lines: readonly Line[] };

/** All counts that {@link weighVisit} and `deviceRarity` ask for, so that a store can fetch them in one go. `keys`: the visit's blocking keys. */
export const countsAsked = (portrait: Portrait, keys: readonly number[]): number[] => {
  const asked = commonnessKeys(portrait);
  for (const key of arrivalKeys(portrait.minute)) asked.push(key);
  for (const key of tokenHabitKeys(portrait)) asked.push(key);
  for (const key of versionKeys(portrait)) asked.push(key);
  for (const key of rankKeys) asked.push(key);
  for (const key of helloKeys(portrait)) asked.push(key);
  for (const key of keys) asked.push(lineKey(key));
  return asked;
};

/** The keys of a visit that lead to more visitors than were read. `lines`: in the order of its keys. */
const overflowingOf = (portrait: Portrait, lines: readonly Line[]): Set<BlockingKeyName> =>
  new Set(keysOf(portrait).flatMap(({ name }, at) => ((lines[at]?.read ?? 0) >= VISITORS_PER_KEY ? [name] : [])));

/** Weighs a visit against all that it may belong to. */
export const weighVisit = <Id>(
  portrait: Portrait,
  { candidates, lines }: Field<Id>,
  countOf: CountOf,
  model: IdentityModel,
): Posterior<Id> => {
  const traffic = {
    newPerDay: newPerDay(countOf, portrait.minute),
    unread: unreadOf(countOf, lines, VISITORS_PER_KEY),
    overflowing: overflowingOf(portrait, lines),
    tokens: readTokenHabit(countOf, portrait),
  };
  const counted = { ...readCommonness(countOf, portrait), versions: readVersions(countOf, portrait) };
  return posteriorOf(portrait, candidates, counted, traffic, modelOf(model, portrait.os));
};
