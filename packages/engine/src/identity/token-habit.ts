import type { CountOf, Raise } from './frequencies.ts';
import { joinHashes } from './hash-text.ts';
import type { Portrait } from './portrait.ts';
import { lastMinuteOf, type Profile, tokensOf, visitsOf } from './profile.ts';
import { SPAN_COUNT, spanOf } from './spans.ts';

/** Part of the keys of these counts. Stored: never renumber. */
const BROUGHT = 14;
const MISSED = 15;

/**
 * By span since the last visit, how many visitors of one kind came back with their token, and how many without; private windows
 * are told apart, for they begin without any storage.
 */
export type TokenHabit = { isPrivate: boolean; brought: number[]; missed: number[] };

/** As much of a visit as habits are asked by. */
type Asking = Pick<Portrait, 'kindHash' | 'isPrivate'>;

const spans = Array.from({ length: SPAN_COUNT }, (_, span) => span);

const habitKey = ({ kindHash, isPrivate }: Asking, span: number, brought: boolean): number =>
  joinHashes(brought ? BROUGHT : MISSED, kindHash, span + 1, Number(isPrivate));

/** Keys that {@link readTokenHabit} asks for. */
export const tokenHabitKeys = (visit: Asking): number[] =>
  [true, false].flatMap((brought) => spans.map((span) => habitKey(visit, span, brought)));

export const readTokenHabit = (countOf: CountOf, visit: Asking): TokenHabit => ({
  isPrivate: visit.isPrivate,
  brought: spans.map((span) => countOf(habitKey(visit, span, true))),
  missed: spans.map((span) => countOf(habitKey(visit, span, false))),
});

/** What to count for a sure visit of a known visitor that came with its token, or without. */
export const countToken = (portrait: Portrait, profile: Profile, brought: boolean): Raise[] => {
  const span = spanOf(Math.max(0, portrait.minute - lastMinuteOf(profile)));
  return [{ key: habitKey(portrait, span, brought), by: 1 }];
};

/** Returns without a token that are taken for seen before any is: a site may be one that hands out none. */
const BEGUN = 2;
/** How much the returns of all spans weigh in one span's, and those of the kind in one visitor's: so many returns. */
const ALL_SPANS = 10;
const ALL_VISITORS = 3;

const sum = (counts: readonly number[]): number => {
  let total = 0;
  for (const count of counts) total += count;
  return total;
};

/**
 * log P(no token | this visitor returns). Who always brought its token seldom comes without, so that a visit without one is
 * likelier a newcomer's; Safari keeps it for a week only. What a visitor does in its usual windows says nothing of a private one,
 * where hardly anybody has a token. Natural logarithm.
 */
export const logMissing = (profile: Profile, span: number, { isPrivate, brought, missed }: TokenHabit): number => {
  const [allBrought, allMissed] = [sum(brought), sum(missed) + BEGUN];
  const usual = allMissed / (allBrought + allMissed);
  const [here, gone] = [brought[span] ?? 0, missed[span] ?? 0];
  const kind = (gone + ALL_SPANS * usual) / (here + gone + ALL_SPANS);
  if (isPrivate) return Math.log(kind);
  const returns = visitsOf(profile) - 1;
  return Math.log((returns - tokensOf(profile) + ALL_VISITORS * kind) / (returns + ALL_VISITORS));
};

/** Visits of either sort in every span before any is seen, and the least likeness of both that says something. */
const UNSEEN = 20;
const LIKE = 0.65;

/** The most that one visit may stand for: beyond, a few would speak for all. */
const MOST = 10;

/** How alike the spans are after which tokens come and after which they are missing, 0..1: the part that both have. */
const likeness = ({ brought, missed }: TokenHabit): number => {
  const [allBrought, allMissed] = [sum(brought) + UNSEEN, sum(missed) + UNSEEN];
  return sum(brought.map((count, span) => Math.min(count / allBrought, (missed[span] ?? 0) / allMissed)));
};

const odds = (chance: number): number => chance / Math.max(1 - chance, 1e-3);

/**
 * For how many returns without a token one with it stands, against the mean of its kind: the weight of a visit that is
 * taken for one without (Rosenbaum, 1987, weighting by the odds). 0 where a kind's visits with a token tell too little of
 * those without: Safari brings it for a week, and never again.
 */
export const missedPerBrought = (portrait: Portrait, profile: Profile, habit: TokenHabit): number => {
  if (likeness(habit) < LIKE) return 0;
  const span = spanOf(Math.max(0, portrait.minute - lastMinuteOf(profile)));
  const [brought, missed] = [sum(habit.brought), sum(habit.missed) + BEGUN];
  const usual = missed / (brought + missed);
  return Math.min(MOST, odds(Math.exp(logMissing(profile, span, habit))) / odds(usual));
};
