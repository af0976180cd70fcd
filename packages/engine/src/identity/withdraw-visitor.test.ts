import { describe, expect, it } from 'vitest';
import { countNewcomer, type Raise } from './frequencies.ts';
import { portray } from './portrait.ts';
import { firstProfile, nextProfile } from './profile.ts';
import { teachReturn } from './teach.ts';
import { observed } from './testing/observed.ts';
import { withdrawVisitor } from './withdraw-visitor.ts';

const at = (address: string, minute: number) => portray({ ...observed(), address }, minute * 60_000);

/** Sums after all these; what falls to nothing is gone, as in a store. */
const sumsOf = (...raises: Raise[][]): Map<number, number> => {
  const sums = new Map<number, number>();
  for (const { key, by } of raises.flat()) sums.set(key, (sums.get(key) ?? 0) + by);
  return new Map([...sums].filter(([, sum]) => sum > 0));
};

describe('withdrawVisitor', () => {
  it('leaves nothing of what a visitor was counted with when it was new', () => {
    const portrait = at('81.2.69.142', 0);
    expect(
      sumsOf(
        countNewcomer(() => 1, portrait, 1),
        withdrawVisitor(firstProfile(portrait)),
      ).size,
    ).toBe(0);
  });

  it('leaves nothing of an address that it had before, alone', () => {
    const [home, away] = [at('81.2.69.142', 0), at('203.0.113.77', 5)];
    const known = firstProfile(home);
    const atHome = countNewcomer(() => 0, home, 1);
    const distinct = (raises: Raise[]) => new Map(raises.map(({ key, by }) => [key, by]));
    const left = sumsOf(
      atHome,
      teachReturn(() => 0, away, known, []),
      withdrawVisitor(nextProfile(known, away)),
    );
    const ofAddress = distinct(countNewcomer(() => 0, away, 1));
    // The one address, counted as home and taken back as an earlier one: what is left there is nobody's.
    const alone = [...distinct(atHome).keys()].filter((key) => !ofAddress.has(key));
    const named = new Set(withdrawVisitor(known).map(({ key }) => key));
    expect(alone.some((key) => named.has(key))).toBe(true);
    expect(alone.filter((key) => named.has(key) && left.has(key))).toEqual([]);
  });
});
