import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SumTable } from './sum-table.ts';

const LARGEST = 2 ** 53 - 1;

/** Keys that meet in the same slots, beside those from all over. */
const anyKey = fc.oneof(
  fc.nat({ max: 5 }),
  fc.nat({ max: 40 }).map((step) => step * 2 ** 32),
  fc.constantFrom(LARGEST, LARGEST - 1, 1_023, 1_024),
  fc.maxSafeNat(),
);
const anyStep = fc.oneof(
  fc.record({ what: fc.constant('set' as const), key: anyKey, by: fc.integer() }),
  fc.record({ what: fc.constant('add' as const), key: anyKey, by: fc.integer() }),
  fc.record({ what: fc.constant('clear' as const), key: anyKey, by: fc.constant(0) }),
);

describe('SumTable', () => {
  it('holds what a map of sums would hold', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 200 }), (steps) => {
        const table = new SumTable();
        const map = new Map<number, number>();
        for (const { what, key, by } of steps) {
          if (what === 'clear') {
            table.clear();
            map.clear();
          } else if (what === 'set') {
            table.set(key, by, 7);
            map.set(key, by);
          } else {
            table.add(key, by);
            map.set(key, (map.get(key) ?? 0) + by);
          }
          expect(table.sumOf(key)).toBe(map.get(key));
        }
        expect(new Map(table.entries())).toEqual(map);
        expect(table.size).toBe(map.size);
      }),
    );
  });

  it('keeps all sums and times while it grows', () => {
    const table = new SumTable();
    for (let key = 0; key < 10_000; key++) table.set(key * 7, key, key + 0.5);
    expect(table.size).toBe(10_000);
    for (let key = 0; key < 10_000; key++) {
      expect(table.sumOf(key * 7)).toBe(key);
      expect(table.timeOf(key * 7)).toBe(key + 0.5);
    }
    expect(table.has(1)).toBe(false);
    expect(table.sumOf(1)).toBeUndefined();
    expect(table.timeOf(1)).toBeUndefined();
  });

  it('gives all keys one time, and leaves the sums', () => {
    const table = new SumTable();
    table.set(1, 10, 100);
    table.set(2, 20, 200);
    table.setTimes(50);
    expect([table.timeOf(1), table.timeOf(2), table.sumOf(1), table.sumOf(2)]).toEqual([50, 50, 10, 20]);
  });

  it('begins anew after it was emptied', () => {
    const table = new SumTable();
    table.set(1, 10, 100);
    table.clear();
    expect(table.has(1)).toBe(false);
    table.add(1, 2);
    expect([table.sumOf(1), table.timeOf(1), table.size]).toEqual([2, 0, 1]);
  });
});
