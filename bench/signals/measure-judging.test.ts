import { describe, expect, it } from 'vitest';
import { sampleEvent } from '../../packages/server/src/storage/testing/sample-event.ts';
import { measureJudging } from './measure-judging.ts';

describe('measureJudging', () => {
  it('gives times above zero and their ratio', () => {
    const { judge, p99, stringify, ratio } = measureJudging([sampleEvent()]);
    expect(judge).toBeGreaterThan(0);
    expect(p99).toBeGreaterThanOrEqual(judge);
    expect(stringify).toBeGreaterThan(0);
    expect(ratio).toBeCloseTo(judge / stringify, 0);
  });
});
