import { describe, expect, it } from 'vitest';
import { calibrated } from './calibrate.ts';
import { type BlindCase, countCases, experienceKeys, relearnCurves } from './experience.ts';
import type { IdentityModel } from './model.ts';

const shipped: IdentityModel['curves'] = {
  links: {
    Windows: [
      { from: -12, chance: 0.1 },
      { from: 0, chance: 0.6 },
      { from: 3, chance: 0.97 },
    ],
  },
  newcomers: { Windows: [{ from: 0, chance: 0.9 }] },
};

const MINUTE = 30_000_000;

const relearnt = (cases: BlindCase[]) => {
  const counts = new Map<number, number>();
  for (const { key, by } of countCases(cases)) counts.set(key, (counts.get(key) ?? 0) + by);
  const asked = new Set(experienceKeys(shipped, MINUTE));
  const countOf = (key: number): number => {
    expect(asked.has(key)).toBe(true);
    return counts.get(key) ?? 0;
  };
  return relearnCurves(shipped, countOf, MINUTE);
};

const cases = (score: number, right: number, wrong: number): BlindCase[] => {
  const one = { kind: 'links', group: 'Windows', score } as const;
  return [
    { ...one, outcome: 'right', weight: right },
    { ...one, outcome: 'wrong', weight: wrong },
  ];
};

const newcomers = (wrong: number, stranger: number): BlindCase[] => {
  const one = { kind: 'newcomers', group: 'Windows', score: 1 } as const;
  return [
    { ...one, outcome: 'wrong', weight: wrong },
    { ...one, outcome: 'stranger', weight: stranger },
  ];
};

describe('relearnCurves', () => {
  it('leaves what was shipped as it is where nothing was seen', () => {
    expect(relearnt([])).toEqual(shipped);
  });

  it('believes what was seen here the more, the more of it there is, and never it alone', () => {
    const at = (right: number, wrong: number) => calibrated(relearnt(cases(4, right, wrong)).links.Windows, 4, 0);
    const [few, some, many, lots] = [at(3, 2), at(12, 8), at(60, 40), at(6_000, 4_000)];
    expect(few).toBeLessThan(0.97);
    expect(some).toBeLessThan(few);
    expect(many).toBeLessThan(some);
    expect(lots).toBeLessThan(many);
    expect(lots).toBeGreaterThan(0.65);
  });

  it('keeps every step of the curve, rising, whatever was seen', () => {
    const seen = [...cases(-3, 500, 0), ...cases(2, 0, 500), ...cases(40, 10, 0), ...cases(-40, 0, 10)];
    const curve = relearnt(seen).links.Windows ?? [];
    expect(curve.map(({ from }) => from)).toEqual([-12, 0, 3]);
    const chances = curve.map(({ chance }) => chance);
    expect([...chances].sort((a, b) => a - b)).toEqual(chances);
    expect(new Set(chances).size).toBe(3);
    expect(relearnt(seen).newcomers).toEqual(shipped.newcomers);
  });

  it('takes as many strangers for each return as lately came, however many replays there were of each', () => {
    const at = (wrong: number, stranger: number) =>
      calibrated(relearnt(newcomers(wrong, stranger)).newcomers.Windows, 1, 0);
    expect(at(50, 50)).toBeLessThan(0.9);
    expect(at(50, 5)).toBeCloseTo(at(50, 50));
  });
});
