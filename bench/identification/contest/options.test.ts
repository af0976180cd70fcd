import { describe, expect, it } from 'vitest';
import { reportSeeds } from '../scenario.ts';
import { readOptions, UsageError } from './options.ts';

describe('readOptions', () => {
  it('has defaults for all', () => {
    expect(readOptions([])).toMatchObject({
      scenario: 'web-mix',
      visitors: 10_000,
      days: 90,
      seed: reportSeeds[0],
      tokens: false,
      strict: false,
    });
  });

  it('reads what is asked for', () => {
    const args = '--scenario hostile --visitors 500 --days 30 --seed 102 --matchers whorl,fpjs --tokens on --strict';
    expect(readOptions([...args.split(' '), '--out', 'figures.json'])).toMatchObject({
      scenario: 'hostile',
      visitors: 500,
      days: 30,
      seed: 102,
      matchers: ['whorl', 'fpjs'],
      tokens: true,
      strict: true,
      out: 'figures.json',
    });
  });

  it('helps', () => {
    expect(readOptions(['--help'])).toBe('help');
  });

  it.each([
    [['--scenario', 'constructor']],
    [['--visitors', 'many']],
    [['--visitors', '-5']],
    [['--days', '0']],
    [['--matchers', 'whorl,nobody']],
    [['--matchers', '']],
    [['--tokens', 'maybe']],
    [['--unheard-of']],
    [['stray']],
  ])('refuses %j in a word', (args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
  });
});
