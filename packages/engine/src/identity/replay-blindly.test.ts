import { describe, expect, it } from 'vitest';
import { keysOf } from './blocking-keys.ts';
import { modelFrom } from './knowledge.ts';
import { portray } from './portrait.ts';
import { firstProfile } from './profile.ts';
import { replayBlindly } from './replay-blindly.ts';
import { teachNewcomer } from './teach.ts';
import { observed } from './testing/observed.ts';
import { sampleKnowledge } from './testing/sample-knowledge.ts';

const DAY = 86_400_000;
const portrait = portray(observed(), 2 * DAY);
const model = modelFrom(sampleKnowledge());

const field = (visitors: string[]) => {
  const counts = new Map<number, number>();
  const countOf = (key: number) => counts.get(key) ?? 0;
  for (const { key, by } of teachNewcomer(countOf, portray(observed(), 0), [], 1)) counts.set(key, countOf(key) + by);
  return {
    candidates: visitors.map((visitorId) => ({
      visitorId,
      profile: firstProfile(portray(observed(), 0)),
      foundBy: ['configuration' as const],
    })),
    lines: keysOf(portrait).map(({ key }) => ({ key, read: visitors.length })),
    countOf,
  };
};

describe('replayBlindly', () => {
  it('says what would have been right of the visit, and of a stranger who looks the same', () => {
    const cases = replayBlindly(portrait, field(['A']), 'A', model);
    expect(cases.map(({ kind, right }) => [kind, right])).toEqual([
      ['links', true],
      ['newcomers', false],
      ['newcomers', true],
    ]);
  });

  it('notes that a clone would have been taken for the visitor', () => {
    const cases = replayBlindly(portrait, field(['A', 'B']), 'B', model);
    expect(cases.filter(({ kind }) => kind === 'links').map(({ right }) => right)).toContain(false);
    expect(cases).toHaveLength(4);
  });

  it('lets a stranger count for as many as come for each return without a token', () => {
    const weights = replayBlindly(portrait, field(['A']), 'A', model).map(({ weight }) => weight);
    expect(weights.slice(0, 2)).toEqual([1, 1]);
    expect(weights[2]).toBeGreaterThan(1);
  });
});
