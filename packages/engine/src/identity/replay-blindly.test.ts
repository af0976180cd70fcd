import { describe, expect, it } from 'vitest';
import { keysOf } from './blocking-keys.ts';
import { modelFrom } from './knowledge.ts';
import { portray } from './portrait.ts';
import { firstProfile, nextProfile, type Profile } from './profile.ts';
import { isReplayed, replayBlindly } from './replay-blindly.ts';
import { teachNewcomer } from './teach.ts';
import { observed } from './testing/observed.ts';
import { sampleKnowledge } from './testing/sample-knowledge.ts';
import { countToken } from './token-habit.ts';

const DAY = 86_400_000;
const on = (day: number) => portray(observed(), day * DAY);
const portrait = on(3);
const model = modelFrom(sampleKnowledge());

/** Somebody who came on some days, the last of them yesterday. */
const since = (day: number): Profile => nextProfile(firstProfile(on(day)), on(2), true);

/** A workspace where so many returned after a day with their token, and so many without. */
const field = (visitors: Record<string, Profile>, { brought, missed } = { brought: 300, missed: 100 }) => {
  const counts = new Map<number, number>();
  const countOf = (key: number) => counts.get(key) ?? 0;
  const raise = (raises: { key: number; by: number }[], times = 1) => {
    for (const { key, by } of raises) counts.set(key, countOf(key) + by * times);
  };
  raise(teachNewcomer(countOf, on(0), [], 1));
  raise(countToken(portrait, since(0), true), brought);
  raise(countToken(portrait, since(0), false), missed);
  return {
    candidates: Object.entries(visitors).map(([visitorId, profile]) => ({
      visitorId,
      profile,
      foundBy: ['configuration' as const],
    })),
    lines: keysOf(portrait).map(({ key }) => ({ key, read: Object.keys(visitors).length })),
    countOf,
  };
};

const replay = (visitors: Record<string, Profile>, visitorId: string, habit?: { brought: number; missed: number }) =>
  replayBlindly(
    portrait,
    field(visitors, habit),
    { visitorId, profile: visitors[visitorId] ?? firstProfile(on(0)) },
    model,
  );

const sum = (cases: ReturnType<typeof replay>, kind: string, outcome: string): number =>
  cases.filter((one) => one.kind === kind && one.outcome === outcome).reduce((total, { weight }) => total + weight, 0);

describe('replayBlindly', () => {
  it('says what would have been right of the visit, and of a stranger who looks the same', () => {
    const cases = replay({ A: since(0) }, 'A');
    expect(cases.map(({ kind, outcome }) => [kind, outcome])).toEqual([
      ['links', 'right'],
      ['newcomers', 'wrong'],
      ['newcomers', 'stranger'],
    ]);
  });

  it('notes that a clone would have been taken for the visitor', () => {
    const cases = replay({ A: since(0), B: since(0) }, 'B');
    expect(sum(cases, 'links', 'wrong')).toBeGreaterThan(0);
    expect(sum(cases, 'links', 'right')).toBe(0);
    expect(sum(cases, 'links', 'stranger')).toBeGreaterThan(0);
  });

  it('leaves as it is believed what may be the visitor under an id that it lost', () => {
    const lost = firstProfile(on(0.2));
    const cases = replay({ A: lost, B: firstProfile(on(2)) }, 'B');
    const [right, wrong] = [sum(cases, 'links', 'right'), sum(cases, 'links', 'wrong')];
    expect(right).toBeGreaterThan(0);
    // All of a clone who was there at the same time is a stranger, of one who may be the visitor only a part.
    expect(sum(cases, 'links', 'stranger')).toBeLessThan(right + wrong);
  });

  it('lets a visit count for as many as come like it without a token', () => {
    const [always, seldom] = [since(0), nextProfile(firstProfile(on(0)), on(2), false)];
    const weightOf = (profile: Profile) => sum(replay({ A: profile }, 'A'), 'newcomers', 'wrong');
    expect(weightOf(always)).toBeLessThan(1);
    expect(weightOf(seldom)).toBeGreaterThan(1);
  });

  it('says nothing of a kind whose visits with a token are unlike those without', () => {
    expect(replay({ A: since(0) }, 'A', { brought: 300, missed: 0 })).toEqual([]);
    expect(replay({ A: since(0) }, 'A', { brought: 0, missed: 300 })).toEqual([]);
  });
});

describe('isReplayed', () => {
  it('is so of one visit in eight, and of none soon after another', () => {
    const draws = Array.from({ length: 800 }, (_, draw) => draw);
    const yesterday = firstProfile(on(2));
    expect(draws.filter((draw) => isReplayed(portrait, yesterday, draw))).toHaveLength(100);
    const justNow = firstProfile(on(2.9));
    expect(draws.some((draw) => isReplayed(portrait, justNow, draw))).toBe(false);
  });
});
