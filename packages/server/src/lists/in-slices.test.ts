import { describe, expect, it } from 'vitest';
import { inSlices } from './in-slices.ts';

function* steps(count: number): Generator<void, number> {
  for (let step = 0; step < count; step += 1) yield;
  return count;
}

describe('inSlices', () => {
  it('gives what the work comes to', async () => {
    expect(await inSlices(steps(1_000))).toBe(1_000);
  });

  it('lets others have a turn', async () => {
    let turns = 0;
    let working = true;
    const other = (): void => {
      turns += 1;
      if (working) setImmediate(other);
    };
    setImmediate(other);
    await inSlices(steps(100), 0);
    working = false;
    expect(turns).toBeGreaterThanOrEqual(99);
  });

  it('rejects with what the work throws', async () => {
    const work = (function* (): Generator<void, never> {
      yield;
      throw new RangeError('broken');
    })();
    await expect(inSlices(work)).rejects.toThrow('broken');
  });
});
