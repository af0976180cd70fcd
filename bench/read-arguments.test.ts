import { describe, expect, it } from 'vitest';
import { UsageError } from './about-run.ts';
import { flag, place, readArguments, text, wholeNumber } from './read-arguments.ts';

const options = { out: text, runs: { ...text, default: '30' }, help: flag };

describe('readArguments', () => {
  it('gives what is there, and defaults for the rest', () => {
    expect({ ...readArguments(['--out', 'a.json'], options) }).toEqual({ out: 'a.json', runs: '30', help: false });
  });

  it.each([[['--verbose']], [['more']], [['--out']]])('refuses %j', (args) => {
    expect(() => readArguments(args, options)).toThrow(UsageError);
  });
});

describe('wholeNumber', () => {
  it('takes both ends', () => {
    expect([wholeNumber('runs', '1', 1, 9), wholeNumber('runs', '9', 1, 9)]).toEqual([1, 9]);
  });

  it.each(['0', '10', '1.5', '', ' ', 'x', 'NaN', '-1'])('refuses %j', (given) => {
    expect(() => wholeNumber('runs', given, 1, 9)).toThrow(`--runs must be a whole number from 1 to 9, not ${given}`);
  });
});

describe('place', () => {
  it('may be missing, and must not be blank', () => {
    expect([place('out', undefined), place('out', 'a.json')]).toEqual([undefined, 'a.json']);
    expect(() => place('out', ' ')).toThrow(UsageError);
  });
});
