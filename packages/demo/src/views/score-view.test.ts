import { describe, expect, it } from 'vitest';
import { explainScore } from './score-view.ts';

const score = { state: 'clear' as const, confidence: 1, data: { result: 0 }, evidence: [] };

describe('explainScore', () => {
  it('tells a score of nothing found from one of nothing judged', () => {
    expect(explainScore(score)).toBe('No signal speaks against this visit.');
    expect(explainScore({ ...score, state: 'unknown', confidence: 0 })).toContain('says nothing');
  });

  it('says how much could be judged where it was not all', () => {
    expect(explainScore({ ...score, confidence: 0.62 })).toContain('0.62 could be judged');
    expect(explainScore({ ...score, state: 'detected', data: { result: 7 } })).toContain('higher is more suspect');
  });
});
