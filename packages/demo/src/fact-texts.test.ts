import { attributeNames } from '@whorl/engine';
import { describe, expect, it } from 'vitest';
import { factOutcome, factTitle, factTitles } from './fact-texts.ts';

const outcome = (fact: string, value: Parameters<typeof factOutcome>[0]['value'], weight: number) =>
  factOutcome({ fact, value, weight, from: 'store' });

describe('factTitle', () => {
  it('has a title of its own for each attribute that visitors are compared by', () => {
    expect(Object.keys(factTitles)).toEqual(expect.arrayContaining([...attributeNames]));
    expect(new Set(Object.values(factTitles)).size).toBe(Object.keys(factTitles).length);
  });

  it('names what it does not know by its own words', () => {
    expect(factTitle('somethingNewer')).toBe('Something newer');
    expect(factTitle('no known visitor shares a blocking key')).toBe('No known visitor shares a blocking key');
  });
});

describe('factOutcome', () => {
  it.each([
    ['canvas', 'agreed', 3, 'the same'],
    ['address', 'seen', 2, 'seen before'],
    ['fonts', 'near', 1, 'nearly the same'],
    ['screen', 'moved', -3, 'changed'],
    ['versions', { browser: 'next', os: 'same' }, -1, 'browser one version on, system the same'],
    ['versions', { browser: 'back', os: 'unknown' }, -1, 'browser an earlier one, system not known'],
    ['clones', null, -9, 'many share all of this'],
    ['clones', null, 2, 'so many things in common are rare'],
    ['returns', null, -2, 'new visitors come more often'],
    ['somethingNewer', 'sideways', 1, 'sideways'],
    ['somethingNewer', 7, 1, '7'],
    ['somethingNewer', null, 1, ''],
  ])('says %s, %j at %d in words', (fact, value, weight, words) => {
    expect(outcome(fact, value, weight)).toBe(words);
  });
});
