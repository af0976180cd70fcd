import type { CountOf, Raise } from './frequencies.ts';
import { joinHashes } from './hash-text.ts';
import type { Portrait } from './portrait.ts';
import { lastMinuteOf, type Profile, tokensOf, visitsOf } from './profile.ts';
import { SPAN_COUNT, spanOf } from './spans.ts';

/** Part of the keys of these counts. Stored: never renumber. */
const BROUGHT = 14;
const MISSED = 15;

/** By span since the last visit, how many visitors of one kind came back with their token, and how many without. */
export type TokenHabit = { brought: number[]; missed: number[] };

const spans = Array.from({ length: SPAN_COUNT }, (_, span) => span);

const habitKey = (kindHash: number, span: number, brought: boolean): number =>
  joinHashes(brought ? BROUGHT : MISSED, kindHash, span + 1);

/** Keys that {@link readTokenHabit} asks for. */
export const tokenHabitKeys = ({ kindHash }: Portrait): number[] =>
  [true, false].flatMap((brought) => spans.map((span) => habitKey(kindHash, span, brought)));

export const readTokenHabit = (countOf: CountOf, { kindHash }: Portrait): TokenHabit => ({
  brought: spans.map((span) => countOf(habitKey(kindHash, span, true))),
  missed: spans.map((span) => countOf(habitKey(kindHash, span, false))),
});

/** What to count for a sure visit of a known visitor that came with its token, or without. */
export const countToken = (portrait: Portrait, profile: Profile, brought: boolean): Raise[] => {
  const span = spanOf(Math.max(0, portrait.minute - lastMinuteOf(profile)));
  return [{ key: habitKey(portrait.kindHash, span, brought), by: 1 }];
};

/** Returns without a token that are taken for seen before any is: a site may be one that hands out none. */
const BEGUN = 2;
/** How much the returns of all spans weigh in one span's, and those of the kind in one visitor's: so many returns. */
const ALL_SPANS = 10;
const ALL_VISITORS = 3;

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

/**
 * log P(no token | this visitor returns). Who always brought its token seldom comes without, so that a visit without one is
 * likelier a newcomer's; Safari keeps it for a week only, private windows never have it. Natural logarithm.
 */
export const logMissing = (profile: Profile, span: number, { brought, missed }: TokenHabit): number => {
  const [allBrought, allMissed] = [sum(brought), sum(missed) + BEGUN];
  const usual = allMissed / (allBrought + allMissed);
  const [here, gone] = [brought[span] ?? 0, missed[span] ?? 0];
  const kind = (gone + ALL_SPANS * usual) / (here + gone + ALL_SPANS);
  const returns = visitsOf(profile) - 1;
  return Math.log((returns - tokensOf(profile) + ALL_VISITORS * kind) / (returns + ALL_VISITORS));
};
