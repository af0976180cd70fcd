import { describe, expect, it } from 'vitest';
import { repeat } from './repeat.ts';

const until = async (condition: () => boolean) => {
  for (let waited = 0; !condition(); waited += 2) {
    if (waited > 2_000) throw new Error('waited in vain');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
};

describe('repeat', () => {
  it('runs again and again, also after a failure, and stops', async () => {
    let runs = 0;
    const failures: unknown[] = [];
    const stop = repeat(
      async () => {
        if (++runs === 1) throw new Error('first');
      },
      1,
      (error) => failures.push(error),
    );
    await until(() => runs >= 3);
    await stop();
    const after = runs;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(runs).toBe(after);
    expect(failures).toHaveLength(1);
  });

  it('begins sooner than after a pause where it is told to', async () => {
    let runs = 0;
    const count = async () => {
      runs++;
    };
    const stop = repeat(count, 60_000, () => undefined, 0);
    await until(() => runs === 1);
    await stop();
  });

  it('waits at the stop for a run that is under way', async () => {
    let ended = false;
    let begun = false;
    const stop = repeat(
      async () => {
        begun = true;
        await new Promise((resolve) => setTimeout(resolve, 20));
        ended = true;
      },
      1,
      () => undefined,
    );
    await until(() => begun);
    await stop();
    expect(ended).toBe(true);
  });
});
