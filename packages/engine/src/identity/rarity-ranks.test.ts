import { describe, expect, it } from 'vitest';
import { CountedCrowd, portraitShowing } from '../testing/counted-crowd.ts';
import { countRank, rankKeys, readRank } from './rarity-ranks.ts';
import { surpriseOf } from './surprise.ts';

const usual = portraitShowing({ gpu: 'UHD 620', cores: '8' });
const odd = portraitShowing({ gpu: 'Voodoo 2', cores: '3' });

describe('the ladder of rarity', () => {
  it('ranks nobody on a site that has just begun', () => {
    const crowd = new CountedCrowd().add(249, usual);
    expect(countRank(crowd.countOf, usual, 1)).toEqual([]);
    expect(countRank(crowd.add(1, usual).countOf, usual, 1)).toHaveLength(2);
  });

  it('counts each newcomer once, by as much as it is new', () => {
    const crowd = new CountedCrowd().add(300, usual);
    expect(readRank(crowd.countOf, 0).ranked).toBe(50);
    expect(countRank(crowd.countOf, odd, 0.5).map(({ by }) => by)).toEqual([0.5, 0.5]);
  });

  it('tells how many were at least as surprising', () => {
    const crowd = new CountedCrowd().add(1_250, usual).add(3, odd);
    const { bits } = surpriseOf(crowd.countOf, usual, 0);
    expect(readRank(crowd.countOf, bits + 3)).toEqual({ ranked: 1_003, asRare: 3 });
    expect(readRank(crowd.countOf, 1e9).asRare).toBe(0);
  });

  it('stops counting where a device is common, and asks for no other keys than it names', () => {
    const crowd = new CountedCrowd().add(1_250, usual);
    const asked = new Set<number>();
    const { asRare } = readRank((key) => {
      asked.add(key);
      return crowd.countOf(key);
    }, 0);
    expect(asRare).toBeGreaterThan(50);
    expect(rankKeys).toEqual(expect.arrayContaining([...asked]));
    for (const { key } of countRank(crowd.countOf, odd, 1)) expect(rankKeys).toContain(key);
    expect(new Set(rankKeys).size).toBe(rankKeys.length);
  });

  it('bears sums that erasing has left below nothing', () => {
    expect(readRank(() => -1e-9, 10)).toEqual({ ranked: 0, asRare: 0 });
  });
});
