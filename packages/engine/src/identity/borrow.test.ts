import { describe, expect, it } from 'vitest';
import { type AttributeName, attributeNames } from './attributes.ts';
import { borrow } from './borrow.ts';
import { circumstances, emptyComparison, outcomes } from './compare.ts';
import { emptyTally, pairCell, tallyPair, tallyStranger } from './tally.ts';

const placeOf = (name: AttributeName): number => attributeNames.indexOf(name);
const LIMITS = placeOf('gpuLimits');
const CODECS = placeOf('codecs');

const compared = (shown: Partial<Record<AttributeName, number>>) => {
  const comparison = emptyComparison();
  for (const [name, outcome] of Object.entries(shown)) comparison.outcomes[placeOf(name as AttributeName)] = outcome;
  return comparison;
};

const novelty = () => {
  const of = (strength: number) => attributeNames.map((_, at) => ({ discount: 0.5, strength: strength + at }));
  return { conditional: of(100), marginal: of(200) };
};

const cell = (at: number, outcome: number): number => pairCell(at, circumstances.calm, 0) + outcome;

describe('borrow', () => {
  it('gives an attribute of which nothing was learnt the ways of the one that it is like', () => {
    const tally = emptyTally();
    tallyPair(tally, compared({ gpuLimits: outcomes.agreed }));
    tallyPair(tally, compared({ gpuLimits: outcomes.moved }));
    tallyStranger(tally, compared({ gpuLimits: outcomes.moved }));
    const borrowed = borrow(tally, novelty());
    for (const outcome of [outcomes.agreed, outcomes.moved])
      expect(borrowed.tally.pairs[cell(CODECS, outcome)]).toBe(1);
    expect(borrowed.tally.strangers[CODECS * 5 + outcomes.moved]).toBe(1);
    expect(borrowed.novelty.conditional[CODECS]).toEqual({ discount: 0.5, strength: 100 + LIMITS });
    expect(borrowed.novelty.marginal[CODECS]).toEqual({ discount: 0.5, strength: 200 + LIMITS });
  });

  it('also where the knowledge is older than the attribute', () => {
    const older = novelty();
    const before = (list: { discount: number; strength: number }[]) => list.slice(0, CODECS);
    const borrowed = borrow(emptyTally(), {
      conditional: before(older.conditional),
      marginal: before(older.marginal),
    });
    expect(borrowed.novelty.conditional[CODECS]).toEqual(older.conditional[LIMITS]);
  });

  it('leaves alone what was learnt of the attribute itself, and what was given', () => {
    const tally = emptyTally();
    tallyPair(tally, compared({ gpuLimits: outcomes.moved, codecs: outcomes.agreed }));
    const given = tally.pairs.slice();
    const borrowed = borrow(tally, novelty());
    expect(borrowed.tally.pairs[cell(CODECS, outcomes.agreed)]).toBe(1);
    expect(borrowed.tally.pairs[cell(CODECS, outcomes.moved)]).toBe(0);
    expect(borrowed.novelty.conditional[CODECS]).toEqual({ discount: 0.5, strength: 100 + CODECS });
    expect(tally.pairs).toEqual(given);
  });
});
