import { describe, expect, it } from 'vitest';
import { UsageError } from '../about-run.ts';
import { helpFor, readOptions } from './options.ts';

const NAMES = ['chromium', 'firefox'];

describe('readOptions', () => {
  it('has defaults for all', () => {
    expect(readOptions([], NAMES)).toEqual({
      clients: NAMES,
      runs: 30,
      together: 3,
      elsewhere: false,
      events: undefined,
      out: undefined,
    });
  });

  it('takes clients by name, each once', () => {
    expect(readOptions(['--clients', 'firefox, firefox'], NAMES)).toMatchObject({ clients: ['firefox'] });
  });

  it('gives help before anything else', () => {
    expect(readOptions(['--help', '--runs', 'x'], NAMES)).toBe('help');
    expect(helpFor(NAMES)).toContain('chromium, firefox');
  });

  it.each([
    [['--clients', 'netscape']],
    [['--clients', '']],
    [['--runs', '0']],
    [['--runs', '1.5']],
    [['--runs', '']],
    [['--together', '17']],
    [['--out', ' ']],
    [['--verbose']],
    [['more']],
  ])('refuses %j', (args) => {
    expect(() => readOptions(args, NAMES)).toThrow(UsageError);
  });
});
