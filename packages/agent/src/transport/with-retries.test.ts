import { describe, expect, it, vi } from 'vitest';
import { type Failure, fail, type Result, succeed } from '../failure.ts';
import type { Deadline } from './deadline.ts';
import { retryDelay, withRetries } from './with-retries.ts';

const deadlineOf = (ms: number): Deadline => {
  const end = Date.now() + ms;
  return {
    signal: new AbortController().signal,
    remaining: () => Math.max(0, end - Date.now()),
    over: new Promise((resolve) => setTimeout(resolve, ms)),
    cancel: () => undefined,
  };
};

const OFFLINE: Failure = { kind: 'network', message: 'offline' };
const refused = (status: number, retryAfter?: number): Failure => ({
  kind: 'refused',
  status,
  code: 'Failed',
  message: '',
  ...(retryAfter === undefined ? {} : { retryAfter }),
});

/** Runs with a clock of its own and tells the times of the attempts. */
const run = async (failures: (Failure | undefined)[], ms = 10_000, endpoints: [string, ...string[]] = ['a']) => {
  vi.useFakeTimers();
  try {
    const start = Date.now();
    const attempts: { endpoint: string; at: number }[] = [];
    const attempt = async (endpoint: string): Promise<Result<string>> => {
      attempts.push({ endpoint, at: Date.now() - start });
      const failure = failures.shift();
      return failure === undefined ? succeed('answer') : fail(failure);
    };
    const running = withRetries(endpoints, deadlineOf(ms), attempt, () => 1);
    await vi.runAllTimersAsync();
    return { attempts, result: await running };
  } finally {
    vi.useRealTimers();
  }
};

describe('the delay before a retry', () => {
  it('doubles up to four seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((round) => retryDelay(round, () => 1))).toEqual([
      250, 500, 1000, 2000, 4000, 4000, 4000,
    ]);
  });

  it('lies anywhere in the upper half', () => expect(retryDelay(1, () => 0)).toBe(125));
});

describe('retrying', () => {
  it('asks once when the answer comes', async () => {
    const { attempts, result } = await run([]);
    expect(result).toEqual(succeed('answer'));
    expect(attempts).toHaveLength(1);
  });

  it.each([
    ['no connection', OFFLINE],
    ['a 503', refused(503)],
    ['a 429', refused(429)],
    ['an error page of a proxy', { kind: 'bad-response', status: 502 } satisfies Failure],
  ])('goes on after %s', async (_, failure) => {
    const { attempts, result } = await run([failure, failure]);
    expect(result.ok).toBe(true);
    expect(attempts.map(({ at }) => at)).toEqual([0, 250, 750]);
  });

  it.each([
    ['a refusal', refused(403)],
    ['an answer that is not ours', { kind: 'bad-response', status: 200 } satisfies Failure],
    ['a CSP', { kind: 'csp' } satisfies Failure],
    ['the end of the time', { kind: 'timeout' } satisfies Failure],
  ])('ends at %s', async (_, failure) => {
    const { attempts, result } = await run([failure]);
    expect(result).toEqual(fail(failure));
    expect(attempts).toHaveLength(1);
  });

  it('gives up after four rounds', async () => {
    const { attempts, result } = await run(Array(9).fill(OFFLINE));
    expect(attempts.map(({ at }) => at)).toEqual([0, 250, 750, 1750]);
    expect(result).toEqual(fail(OFFLINE));
  });

  it('waits as long as it is asked to', async () => {
    const { attempts } = await run([refused(429, 3000)]);
    expect(attempts.map(({ at }) => at)).toEqual([0, 3000]);
  });

  it('does not wait beyond the caller’s time', async () => {
    const { attempts, result } = await run([refused(429, 3000)], 2000);
    expect(attempts).toHaveLength(1);
    expect(result).toEqual(fail(refused(429, 3000)));
  });

  it('tries every endpoint before it waits', async () => {
    const { attempts } = await run([OFFLINE, OFFLINE, OFFLINE], 10_000, ['a', 'b']);
    expect(attempts).toEqual([
      { endpoint: 'a', at: 0 },
      { endpoint: 'b', at: 0 },
      { endpoint: 'a', at: 250 },
      { endpoint: 'b', at: 250 },
    ]);
  });
});
