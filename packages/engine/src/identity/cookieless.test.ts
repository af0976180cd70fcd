import { describe, expect, it } from 'vitest';
import { cookielessKeys, countCookieless, strangersPerReturn } from './cookieless.ts';
import { MINUTE } from './portrait.ts';

const WEEK = 7 * 86_400_000;
const NOW = 2_900 * WEEK + WEEK / 2;
const group = 'Windows, crowd';

type Decided = Parameters<typeof countCookieless>[1];
const known: Decided = { match: 'A', confidence: 0.99, newcomer: 0.01, group };
const fresh: Decided = { match: null, confidence: 0.9, newcomer: 0.7, group };

const counted = (decisions: readonly Decided[], time = NOW) => {
  const counts = new Map<number, number>();
  for (const decision of decisions) {
    for (const { key, by } of countCookieless(time / MINUTE, decision)) {
      counts.set(key, (counts.get(key) ?? 0) + by);
    }
  }
  return (key: number) => counts.get(key) ?? 0;
};

const ratio = (countOf: (key: number) => number, time = NOW) => strangersPerReturn(countOf, group, time / MINUTE);

describe('strangersPerReturn', () => {
  it('is one where nobody came yet, and asks for no other counts than it tells', () => {
    const asked = new Set(cookielessKeys(group, NOW / MINUTE));
    const one = ratio((key) => {
      expect(asked.has(key)).toBe(true);
      return 0;
    });
    expect(one).toBe(1);
  });

  it('follows what lately came', () => {
    const mostlyNew = counted([...Array(90).fill(fresh), ...Array(10).fill(known)]);
    expect(ratio(mostlyNew)).toBeGreaterThan(3);
    const mostlyKnown = counted([...Array(10).fill(fresh), ...Array(90).fill(known)]);
    expect(ratio(mostlyKnown)).toBeLessThan(0.2);
    expect(ratio(mostlyKnown, NOW + WEEK)).toBe(ratio(mostlyKnown));
    expect(ratio(mostlyKnown, NOW + 2 * WEEK)).toBe(1);
  });

  it('leaves out what could not be compared', () => {
    expect(countCookieless(NOW / MINUTE, { ...fresh, group: null })).toEqual([]);
  });

  it('takes a return that nobody dared to link for one as far as it is believed to be', () => {
    const unsure = counted(Array(100).fill({ ...fresh, confidence: 0.3, newcomer: 0.6 }));
    expect(ratio(unsure)).toBeCloseTo(33 / 73);
  });
});
