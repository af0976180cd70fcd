import { countArrival } from './arrivals.ts';
import { type CountOf, countChanges, countHabit, countNewcomer, type Raise } from './frequencies.ts';
import { countHello } from './hello-pairs.ts';
import { countJoined, type Line } from './lines.ts';
import type { Portrait } from './portrait.ts';
import { isSameVisit, type Profile } from './profile.ts';
import { countRank } from './rarity-ranks.ts';
import { countToken } from './token-habit.ts';
import { countVersions } from './versions.ts';

/** What to count for a visitor that is new with a chance of `share`, 0..1. `lines`: those of its blocking keys. */
export const teachNewcomer = (countOf: CountOf, portrait: Portrait, lines: readonly Line[], share: number): Raise[] => [
  ...countNewcomer(countOf, portrait, share),
  ...countArrival(portrait.minute, share),
  ...countVersions(portrait, share),
  ...countRank(countOf, portrait, share),
  ...countHello(portrait, share),
  ...countJoined(lines),
];

/**
 * What to count for a sure visit of a known visitor. `joined`: those of its lines that it was not found in; `brought`: whether
 * it came with its token.
 */
export const teachReturn = (
  countOf: CountOf,
  portrait: Portrait,
  profile: Profile,
  joined: readonly Line[],
  brought = false,
): Raise[] => [
  ...countChanges(countOf, portrait, profile),
  ...(isSameVisit(profile, portrait)
    ? []
    : [...countHabit(portrait, profile), ...countToken(portrait, profile, brought)]),
  ...countJoined(joined),
];
