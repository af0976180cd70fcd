import { describe, expect, it } from 'vitest';
import { UsageError } from '../../about-run.ts';
import { reportSeeds } from '../scenario.ts';
import { type Options, readOptions } from './options.ts';

describe('readOptions', () => {
  it('has defaults for all', () => {
    expect(readOptions([])).toMatchObject({
      scenario: 'web-mix',
      visitors: 10_000,
      days: 90,
      seed: reportSeeds[0],
      tokens: false,
      strict: false,
      knowledge: 'learnt',
    });
  });

  it('reads what is asked for', () => {
    const args =
      '--scenario hostile --visitors 500 --days 30 --seed 102 --matchers whorl,fpjs --tokens on --strict --knowledge shipped';
    expect(readOptions([...args.split(' '), '--out', 'figures.json'])).toMatchObject({
      scenario: 'hostile',
      visitors: 500,
      days: 30,
      seed: 102,
      matchers: ['whorl', 'fpjs'],
      tokens: true,
      strict: true,
      knowledge: 'shipped',
      out: 'figures.json',
    });
  });

  it('asks the told oracle about all in a small world, and about some sixty thousand visits in a large one', () => {
    const of = (visitors: number) => readOptions(['--visitors', String(visitors)]) as Options;
    expect(of(3000).oracleSample).toBe(1);
    expect(of(20_000).oracleSample).toBeCloseTo(0.42);
    expect(of(100_000).oracleSample).toBeCloseTo(0.083);
    expect(readOptions(['--oracle-sample', '0.5'])).toMatchObject({ oracleSample: 0.5 });
  });

  it('leaves out of a large world who would take hours, unless asked for', () => {
    const of = (...args: string[]) => readOptions(args) as Options;
    expect(of('--visitors', '20000')).toMatchObject({ leftOut: [] });
    expect(of('--visitors', '20000').matchers).toContain('oracle-alone');
    expect(of('--visitors', '100000')).toMatchObject({ leftOut: ['oracle-alone'] });
    expect(of('--visitors', '100000').matchers).not.toContain('oracle-alone');
    const asked = of('--visitors', '100000', '--matchers', 'oracle-alone');
    expect(asked).toMatchObject({ leftOut: [], matchers: ['oracle-alone'] });
  });

  it('helps', () => {
    expect(readOptions(['--help'])).toBe('help');
  });

  it.each([
    [['--scenario', 'constructor']],
    [['--visitors', 'many']],
    [['--visitors', '-5']],
    [['--days', '0']],
    [['--knowledge', 'mine']],
    [['--matchers', 'whorl,nobody']],
    [['--matchers', '']],
    [['--tokens', 'maybe']],
    [['--oracle-sample', '0']],
    [['--oracle-sample', '1.5']],
    [['--oracle-sample', 'some']],
    [['--oracle-sample', '']],
    [['--out', '']],
    [['--visitors', '']],
    [['--seed']],
    [['--unheard-of']],
    [['stray']],
  ])('refuses %j in a word', (args) => {
    expect(() => readOptions(args)).toThrow(UsageError);
  });
});
