import { describe, expect, it } from 'vitest';
import { calibrationOf } from './calibration.ts';
import { replayOf } from './testing/replay-of.ts';

const firstVisits = [1, 2, 3, 4].map((browser) => ({ browser, id: browser, confidence: 1 }));
const links = (rights: readonly boolean[], confidence: number) =>
  rights.map((right, at) => ({ browser: at + 1, id: right ? at + 1 : 1 + ((at + 1) % 4), found: true, confidence }));

describe('calibrationOf', () => {
  it('finds no error where three in four are right at .75', () => {
    const { journal, answers } = replayOf([...firstVisits, ...links([true, true, true, false], 0.75)]);
    expect(calibrationOf(journal, answers, 'links').ece).toBeCloseTo(0);
  });

  it('finds how far confidence is from truth, weighted by how often it is given', () => {
    const { journal, answers } = replayOf([...firstVisits, ...links([true, true, false, false], 0.9)]);
    const { ece, bins } = calibrationOf(journal, answers, 'links');
    expect(ece).toBeCloseTo(0.4);
    expect(bins).toHaveLength(1);
    expect(bins[0]?.count).toBe(4);
    expect(bins[0]?.right).toBeCloseTo(0.5);
  });

  it('takes a new id for right at a first visit alone', () => {
    const { journal, answers } = replayOf([
      { browser: 1, id: 0, confidence: 1 },
      { browser: 1, id: 1, confidence: 1 },
    ]);
    expect(calibrationOf(journal, answers, 'newcomers').ece).toBeCloseTo(0.5);
  });

  it('has nothing to say of answers without a confidence', () => {
    const { journal, answers } = replayOf([{ browser: 1, id: 0 }]);
    expect(calibrationOf(journal, answers, 'newcomers')).toEqual({ ece: null, bins: [] });
  });

  it('refuses a confidence that is none', () => {
    const { journal, answers } = replayOf([{ browser: 1, id: 0, confidence: -0.5 }]);
    expect(() => calibrationOf(journal, answers, 'newcomers')).toThrow(RangeError);
  });
});
