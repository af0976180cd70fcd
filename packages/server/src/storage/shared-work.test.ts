import { describe, expect, it } from 'vitest';
import { SharedWork } from './shared-work.ts';

/** Work whose runs end when the test says so. */
const startable = () => {
  const ends: ((error?: Error) => void)[] = [];
  const work = new SharedWork(
    () =>
      new Promise<void>((resolve, reject) => {
        ends.push((error) => (error === undefined ? resolve() : reject(error)));
      }),
  );
  return { work, ends };
};

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('SharedWork', () => {
  it('runs once for all who come while it runs, after it has ended', async () => {
    const { work, ends } = startable();
    const done: string[] = [];
    const ask = (name: string) => work.ask().then(() => done.push(name));
    const all = [ask('first'), ask('second'), ask('third')];
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await settle();
    expect(done).toEqual(['first']);
    expect(ends).toHaveLength(2);
    all.push(ask('fourth'));
    ends[1]?.();
    await settle();
    expect(done).toEqual(['first', 'second', 'third']);
    expect(ends).toHaveLength(3);
    ends[2]?.();
    await Promise.all(all);
    expect(done).toHaveLength(4);
  });

  it('tells of a failure those whose run it was', async () => {
    const { work, ends } = startable();
    const first = work.ask();
    const second = work.ask();
    ends[0]?.(new Error('disk'));
    await expect(first).rejects.toThrow('disk');
    await settle();
    ends[1]?.();
    await expect(second).resolves.toBeUndefined();
  });

  it('is idle when nobody waits any longer', async () => {
    const { work, ends } = startable();
    await work.idle();
    const all = Promise.all([work.ask(), work.ask()]);
    let idle = false;
    const waiting = work.idle().then(() => {
      idle = true;
    });
    ends[0]?.();
    await settle();
    expect(idle).toBe(false);
    ends[1]?.();
    await Promise.all([all, waiting]);
  });
});
