import { describe, expect, it } from 'vitest';
import { whorlArcs } from './whorl-arcs.ts';

const ID = 'aB3dE6gH9jK2mN5pQ8sT';

const drawing = (id: string): string =>
  whorlArcs(id)
    .map(({ path }) => path)
    .join();

describe('whorlArcs', () => {
  it('draws equal ids alike', () => {
    expect(whorlArcs(ID)).toEqual(whorlArcs(ID));
  });

  it('draws ids that differ in any one character differently', () => {
    for (let index = 0; index < ID.length; index += 1) {
      const other = `${ID.slice(0, index)}${ID[index] === 'x' ? 'y' : 'x'}${ID.slice(index + 1)}`;
      expect(drawing(other), `character ${index}`).not.toBe(drawing(ID));
    }
  });

  it('stays within its box', () => {
    const numbers = drawing('99999999999999999999').match(/-?\d+\.\d+ -?\d+\.\d+(?=A|M|,|$)/g) ?? [];
    expect(numbers.length).toBeGreaterThan(0);
    for (const value of numbers.flatMap((pair) => pair.split(' ').map(Number))) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(100);
    }
  });

  it('draws nothing for no id', () => {
    expect(whorlArcs('')).toEqual([]);
  });
});
