import { describe, expect, it } from 'vitest';
import { portray } from './portrait.ts';
import { firstProfile, nextProfile, type Profile, tokensOf } from './profile.ts';
import { spanOf } from './spans.ts';
import { observed } from './testing/observed.ts';
import { countToken, logMissing, readTokenHabit, tokenHabitKeys } from './token-habit.ts';

const DAY = 86_400_000;
const visit = (day: number) => portray(observed({}), day * DAY);
const SPAN = spanOf(1440);

/** A visitor that came back on days one after the other, with its token or without. */
const returned = (...brought: boolean[]): Profile =>
  brought.reduce((profile, with_, at) => nextProfile(profile, visit(at + 1), with_), firstProfile(visit(0)));

/** What is counted after returns of others, of which some brought their tokens. */
const counted = (brought: number, missed: number) => {
  const counts = new Map<number, number>();
  const count = (times: number, with_: boolean) => {
    for (const { key, by } of countToken(visit(1), firstProfile(visit(0)), with_)) counts.set(key, times * by);
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
