import type { IdentityExplanation } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import { keyExplanation, newExplanation, sampleIdentity, sampleReasons } from './testing/sample-explanation.ts';
import { isWeighed, weighReasons } from './weigh-reasons.ts';

const weigh = (changes: Partial<IdentityExplanation> = {}) =>
  weighReasons(sampleIdentity({ ...keyExplanation, ...changes }));

describe('weighReasons', () => {
  it('puts the heaviest first, whichever way it speaks, and what was hidden apart', () => {
    const { reasons, hidden } = weigh({ reasons: [...sampleReasons].reverse() });
    expect(reasons.slice(0, 3)).toEqual([
      { title: 'Address', outcome: 'the same', bits: 11.42 },
      { title: 'Others like it', outcome: 'many share all of this', bits: -9.81 },
      { title: 'Canvas drawing', outcome: 'the same', bits: 6.9 },
    ]);
    expect(reasons).toHaveLength(14);
    expect(hidden).toEqual(['Cameras and microphones', 'Audio rendering']);
  });

  it('adds all of them up, or knows the sum by the margin where the next answer is a new visitor', () => {
    expect(weigh().sum).toBeCloseTo(18.13, 5);
    expect(weigh({ runnersUp: [], margin: 18.2 }).sum).toBe(18.2);
    expect(weighReasons(sampleIdentity(newExplanation)).sum).toBe(-2);
  });

  it('leaves what contradicts a token to the token', () => {
    const contradiction = { fact: 'os differs', value: null, weight: 1, from: 'store' };
    const reasons = [{ ...contradiction, weight: -1 }, ...sampleReasons];
    const identity = sampleIdentity({ ...keyExplanation, reasons }, { tokenContradictions: [contradiction] });
    expect(weighReasons(identity)).toEqual(weigh());
  });
});

describe('isWeighed', () => {
  it('tells a comparison in bits from what earlier versions and tokens have', () => {
    const { margin: _, ...earlier } = keyExplanation;
    expect(isWeighed(keyExplanation)).toBe(true);
    expect(isWeighed({ ...keyExplanation, margin: 0 })).toBe(true);
    expect(isWeighed(earlier)).toBe(false);
  });
});
