import { blockingKeyNames } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { keyText } from './key-texts.ts';

describe('keyText', () => {
  it('has words of its own for each key that leads to visitors', () => {
    expect(blockingKeyNames.map(keyText).filter((text, at) => text === blockingKeyNames[at])).toEqual([]);
    expect(new Set(blockingKeyNames.map(keyText)).size).toBe(blockingKeyNames.length);
  });

  it('names what it does not know by its own words', () => {
    expect(keyText('somethingNewer')).toBe('something newer');
  });
});
