import { describe, expect, it } from 'vitest';
import { portray } from './portrait.ts';
import { firstProfile, nextProfile, type Profile, tokensOf } from './profile.ts';
import { spanOf } from './spans.ts';
import { observed } from './testing/observed.ts';
import { countToken, logMissing, missedPerBrought, readTokenHabit, tokenHabitKeys } from './token-habit.ts';

const DAY = 86_400_000;
const visit = (day: number) => portray(observed({}), day * DAY);
const SPAN = spanOf(1440);

/** A visitor that came back on days one after the other, with its token or without. */
const returned = (...brought: boolean[]): Profile =>
  brought.reduce((profile, with_, at) => nextProfile(profile, visit(at + 1), with_), firstProfile(visit(0)));

/** What is counted after returns of others, of which some brought their tokens. */
const counted = (brought: number, missed: number, of = visit(1)) => {
  const counts = new Map<number, number>();
  const count = (times: number, with_: boolean) => {
    for (const { key, by } of countToken(of, firstProfile(visit(0)), with_)) counts.set(key, times * by);
  };
  count(brought, true);
  count(missed, false);
  return (key: number) => counts.get(key) ?? 0;
};

describe('token habits', () => {
  it('are read back under the keys that are asked for', () => {
    const countOf = counted(7, 2);
    const habit = readTokenHabit(countOf, visit(1));
    expect(habit.brought[SPAN]).toBe(7);
    expect(habit.missed[SPAN]).toBe(2);
    const all = tokenHabitKeys(visit(1)).reduce((sum, key) => sum + countOf(key), 0);
    expect(all).toBe(9);
    expect(new Set(tokenHabitKeys(visit(1))).size).toBe(tokenHabitKeys(visit(1)).length);
  });

  it('say nothing where nobody has tokens', () => {
    const habit = readTokenHabit(counted(0, 500), visit(1));
    expect(logMissing(returned(false, false), SPAN, habit)).toBeCloseTo(0, 2);
    expect(
      logMissing(
        firstProfile(visit(0)),
        SPAN,
        readTokenHabit(() => 0, visit(1)),
      ),
    ).toBeCloseTo(0, 2);
  });

  it('make it unlikely that somebody returns without a token who always brings it', () => {
    const habit = readTokenHabit(counted(400, 40), visit(1));
    const always = logMissing(returned(true, true, true, true), SPAN, habit);
    const never = logMissing(returned(false, false, false, false), SPAN, habit);
    const unknown = logMissing(firstProfile(visit(0)), SPAN, habit);
    expect(Math.exp(unknown)).toBeCloseTo(1 / 11, 1);
    expect(always).toBeLessThan(unknown);
    expect(never).toBeGreaterThan(unknown);
    expect(tokensOf(returned(true, false, true))).toBe(2);
  });
});

describe('token habits in private windows', () => {
  const inPrivate = (day: number) => ({ ...visit(day), isPrivate: true });

  it('are others than in usual ones', () => {
    const countOf = counted(400, 4);
    expect(logMissing(returned(true, true, true), SPAN, readTokenHabit(countOf, visit(1)))).toBeLessThan(-3);
    expect(logMissing(returned(true, true, true), SPAN, readTokenHabit(countOf, inPrivate(1)))).toBeCloseTo(0, 5);
  });

  it('are learnt: a session of one may last', () => {
    const countOf = counted(300, 100, inPrivate(1));
    expect(Math.exp(logMissing(returned(true), SPAN, readTokenHabit(countOf, inPrivate(1))))).toBeCloseTo(0.25, 1);
    expect(readTokenHabit(countOf, visit(1)).brought.some((count) => count > 0)).toBe(false);
  });
});

describe('missedPerBrought', () => {
  const yesterday = firstProfile(visit(0));

  it('is one on average, more for who often comes without, and bounded', () => {
    const habit = readTokenHabit(counted(300, 100), visit(1));
    expect(missedPerBrought(visit(1), yesterday, habit)).toBeCloseTo(1, 1);
    expect(missedPerBrought(visit(4), returned(false, false, false), habit)).toBeGreaterThan(2);
    expect(missedPerBrought(visit(4), returned(true, true, true), habit)).toBeLessThan(0.6);
    const never = returned(...Array(60).fill(false));
    expect(missedPerBrought(visit(61), never, readTokenHabit(counted(5_000, 100), visit(1)))).toBe(10);
  });

  it('is nothing where tokens come after other times than they are missed after', () => {
    const brought = readTokenHabit(counted(300, 0), visit(1)).brought;
    const missed = brought.map((_, span) => (span === SPAN + 2 ? 300 : 0));
    expect(missedPerBrought(visit(1), yesterday, { isPrivate: false, brought, missed })).toBe(0);
    expect(missedPerBrought(visit(1), yesterday, { isPrivate: false, brought, missed: brought })).toBeGreaterThan(0);
  });
});
