import { afterEach, describe, expect, it, vi } from 'vitest';
import { UsageError } from './about-run.ts';
import { runBench } from './run-bench.ts';

afterEach(() => {
  process.exitCode = undefined;
  vi.restoreAllMocks();
});

describe('runBench', () => {
  it('tells in a line what cannot be read, and ends with 2', async () => {
    const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await runBench(() => Promise.reject(new UsageError('--runs: no')));
    expect(told.mock.calls).toEqual([['--runs: no']]);
    expect(process.exitCode).toBe(2);
  });

  it('hides no bug', async () => {
    await expect(runBench(() => Promise.reject(new TypeError('a bug')))).rejects.toThrow('a bug');
    expect(process.exitCode).toBeUndefined();
  });
});
