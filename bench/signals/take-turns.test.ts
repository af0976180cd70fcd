import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Turn, takeTurns } from './take-turns.ts';

const run = async (hasFailed: (turn: Turn) => boolean, changes: { together?: number; signal?: AbortSignal } = {}) => {
  const taken: string[] = [];
  const told: [number, number][] = [];
  let atOnce = 0;
  let most = 0;
  const outcomes = await takeTurns({
    names: ['a', 'b'],
    runs: 3,
    together: 1,
    take: async (turn) => {
      most = Math.max(most, ++atOnce);
      taken.push(`${turn.name}${turn.visit}`);
      await sleep(1);
      atOnce -= 1;
      return turn;
    },
    hasFailed,
    tell: (done, all) => told.push([done, all]),
    ...changes,
  });
  return { taken, told, most, outcomes };
};

describe('takeTurns', () => {
  it('lets clients take turns', async () => {
    const { taken, told, outcomes, most } = await run(() => false);
    expect(taken).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2']);
    expect(told.at(-1)).toEqual([6, 6]);
    expect(outcomes.get('b')?.map(({ visit }) => visit)).toEqual([0, 1, 2]);
    expect(most).toBe(1);
  });

  it('gives another turn for each that failed, and keeps the failures', async () => {
    const { taken, told, outcomes } = await run(({ name, visit }) => name === 'a' && (visit === 1 || visit === 3));
    expect(taken).toEqual(['a0', 'b0', 'a1', 'b1', 'a2', 'b2', 'a3', 'a4']);
    expect(told.at(-1)).toEqual([8, 8]);
    expect(outcomes.get('a')).toHaveLength(5);
    expect(outcomes.get('b')).toHaveLength(3);
  });

  it('gives up on a client that always fails after as many again', async () => {
    const { outcomes } = await run(({ name }) => name === 'a');
    expect(outcomes.get('a')).toHaveLength(6);
    expect(outcomes.get('b')).toHaveLength(3);
  });

  it('makes up for the very last turn, too, and takes no more side by side than it is told', async () => {
    const { outcomes, most } = await run(({ name, visit }) => name === 'b' && visit === 2, { together: 2 });
    expect(outcomes.get('b')).toHaveLength(4);
    expect(most).toBe(2);
  });

  it('takes no further turn once it is aborted', async () => {
    const stop = new AbortController();
    const { taken } = await run(
      ({ name }) => {
        if (name === 'b') stop.abort();
        return true;
      },
      { signal: stop.signal },
    );
    expect(taken).toEqual(['a0', 'b0']);
  });
});
