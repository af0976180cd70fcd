import { describe, expect, it, vi } from 'vitest';
import { startJobs } from './start-jobs.ts';

describe('startJobs', () => {
  it('goes on with a job that failed, says so, and comes to rest when it is stopped', async () => {
    const log = { error: vi.fn() };
    let failing = 0;
    let working = 0;
    const stop = startJobs(
      [
        {
          run: async () => {
            failing++;
            throw new Error('no');
          },
          pause: 1,
          failure: 'the first failed',
        },
        { run: async () => working++, pause: 1, failure: 'the second failed' },
      ],
      log,
    );
    await vi.waitFor(() => expect(Math.min(failing, working)).toBeGreaterThan(2));
    await stop();
    const seen = { failing, working };
    expect(log.error).toHaveBeenCalledWith(expect.anything(), 'the first failed');
    expect(log.error).not.toHaveBeenCalledWith(expect.anything(), 'the second failed');
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect({ failing, working }).toEqual(seen);
  });
});
