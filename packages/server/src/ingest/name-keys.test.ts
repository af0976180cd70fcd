import { describe, expect, it } from 'vitest';
import { nameKeys } from './name-keys.ts';

describe('nameKeys', () => {
  const namesOf = nameKeys([{ name: 'configuration' }, { name: 'address' }, { name: 'network' }]);

  it('names the keys of a mask in their order', () => {
    expect(namesOf(0)).toEqual([]);
    expect(namesOf(0b001)).toEqual(['configuration']);
    expect(namesOf(0b110)).toEqual(['address', 'network']);
  });

  it('makes one list for all who were found by the same keys', () => {
    expect(namesOf(0b101)).toBe(namesOf(0b101));
  });
});
