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

const relearnt = (cases: BlindCase[]) => {
  const counts = new Map<number, number>();
  for (const { key, by } of countCases(cases)) counts.set(key, (counts.get(key) ?? 0) + by);
  const asked = new Set(experienceKeys(shipped));
  return relearnCurves(shipped, (key) => {
    expect(asked.has(key)).toBe(true);
    return counts.get(key) ?? 0;
  });
};

const cases = (score: number, right: number, wrong: number): BlindCase[] => {
  const one = { kind: 'links', group: 'Windows', score, weight: 1 } as const;
  return [...Array(right).fill({ ...one, right: true }), ...Array(wrong).fill({ ...one, right: false })];
};

describe('relearnCurves', () => {
  it('leaves what was shipped as it is where nothing was seen', () => {
    expect(relearnt([])).toEqual(shipped);
  });

  it('believes what was seen here the more, the more of it there is', () => {
    const at = (seen: BlindCase[]) => calibrated(relearnt(seen).links.Windows, 4, 0);
    expect(at(cases(4, 6, 4))).toBeGreaterThan(0.85);
    expect(at(cases(4, 600, 400))).toBeCloseTo(0.615, 1);
  });

  it('keeps rising, whatever was seen', () => {
    const curve = relearnt([...cases(-3, 500, 0), ...cases(2, 0, 500), ...cases(40, 10, 0), ...cases(-40, 0, 10)]);
    const chances = curve.links.Windows?.map(({ chance }) => chance) ?? [];
    expect([...chances].sort((a, b) => a - b)).toEqual(chances);
    expect(curve.newcomers).toEqual(shipped.newcomers);
  });
});
