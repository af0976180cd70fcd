import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calibrated, fitCurve, type Judged } from './calibrate.ts';

const judged = fc.array(fc.record({ score: fc.integer({ min: -20, max: 20 }), right: fc.boolean() }), {
  maxLength: 300,
});

describe('fitCurve', () => {
  it('rises, stays within 0 and 1, and never says that something is certain', () => {
    fc.assert(
      fc.property(judged, (samples) => {
        const curve = fitCurve(samples);
        curve.forEach(({ from, chance }, at) => {
          expect(chance).toBeGreaterThan(0);
          expect(chance).toBeLessThan(1);
          expect(from).toBeGreaterThan(curve[at - 1]?.from ?? Number.NEGATIVE_INFINITY);
          expect(chance).toBeGreaterThan(curve[at - 1]?.chance ?? 0);
        });
      }),
    );
  });

  it('finds how often each score was right', () => {
    const samples: Judged[] = [];
    for (let score = 0; score < 4; score++) {
      for (let n = 0; n < 400; n++) samples.push({ score, right: n < (score + 1) * 90 });
    }
    const curve = fitCurve(samples);
    for (let score = 0; score < 4; score++) {
      expect(calibrated(curve, score, 0)).toBeCloseTo(((score + 1) * 90) / 400, 2);
    }
    expect(calibrated(curve, -1, 0)).toBeCloseTo(0.225, 2);
    expect(calibrated(curve, 99, 0)).toBeCloseTo(0.9, 2);
  });

  it('pools what falls', () => {
    const of = (score: number, rights: number) => Array.from({ length: 100 }, (_, n) => ({ score, right: n < rights }));
    const curve = fitCurve([...of(1, 60), ...of(2, 40), ...of(3, 90)]);
    expect(curve).toHaveLength(2);
    expect(calibrated(curve, 1, 0)).toBeCloseTo(0.5, 2);
    expect(calibrated(curve, 2, 0)).toBeCloseTo(0.5, 2);
  });

  it('falls back where there was nothing to learn from', () => {
    expect(calibrated(fitCurve([]), 3, 0.7)).toBe(0.7);
    expect(calibrated(undefined, 3, 0.7)).toBe(0.7);
  });
});
