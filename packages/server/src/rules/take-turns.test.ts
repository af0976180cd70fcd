import { describe, expect, it, vi } from 'vitest';
import { takeTurns } from './take-turns.ts';

/** Work whose pieces take so many milliseconds each, by a clock of its own; where it paused, in milliseconds of work. */
const work = async (pieces: number[], signal?: AbortSignal): Promise<number[]> => {
  let time = 1_000;
  let since = 0;
  const turns: number[] = [];
  const letOthersIn = takeTurns(signal, {
    now: () => time,
    pause: async () => {
      turns.push(since);
      since = 0;
      // However long the others take: that is no work of ours.
      time += 5_000;
    },
  });
  for (const piece of pieces) {
    time += piece;
    since += piece;
    await letOthersIn();
  }
  return turns;
};

describe('taking turns', () => {
  it('lets others in when ten milliseconds of work are done, and not before', async () => {
    expect(await work([4, 4, 4, 9, 1, 3, 25, 9])).toEqual([12, 10, 28]);
  });

  it('lets nobody in where there is little to do', async () => {
    expect(await work([3, 3, 3])).toEqual([]);
  });

  it('stops after a turn of others in which it was aborted', async () => {
    await expect(work([4, 4, 4], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  it('lets timers and requests run, by the clock of the process', async () => {
    const letOthersIn = takeTurns();
    const waiting = vi.fn();
    setTimeout(waiting, 1);
    const end = performance.now() + 25;
    while (performance.now() < end) await letOthersIn();
    expect(waiting).toHaveBeenCalled();
  });
});
