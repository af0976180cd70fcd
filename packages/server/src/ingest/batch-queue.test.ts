import { describe, expect, it } from 'vitest';
import { BatchQueue, type Settled } from './batch-queue.ts';

const settled = <T>(values: T[]) => values.map((value): Settled<T> => ({ ok: true, value }));

const tick = () => new Promise<void>((resolve) => setTimeout(resolve, 2));

describe('BatchQueue', () => {
  it('answers each item with its own output, in order', async () => {
    const queue = new BatchQueue(async (items: number[]) => settled(items.map((item) => item * 2)), 10);
    expect(await Promise.all([1, 2, 3].map((item) => queue.push(item)))).toEqual([2, 4, 6]);
  });

  it('gathers what arrives during a batch into the next, never over the largest size, never two at once', async () => {
    const sizes: number[] = [];
    let running = 0;
    const queue = new BatchQueue(async (items: number[]) => {
      expect(++running).toBe(1);
      sizes.push(items.length);
      await tick();
      running--;
      return settled(items);
    }, 4);
    const first = queue.push(0);
    await new Promise<void>((resolve) => setImmediate(resolve));
    const rest = Array.from({ length: 10 }, (_, at) => queue.push(at + 1));
    await Promise.all([first, ...rest]);
    expect(sizes).toEqual([1, 4, 4, 2]);
  });

  it('rejects the items of a failed batch and goes on with the next', async () => {
    let calls = 0;
    const queue = new BatchQueue(async (items: string[]) => {
      if (calls++ === 0) throw new Error('disk full');
      return settled(items);
    }, 1);
    const [a, b] = [queue.push('a'), queue.push('b')];
    await expect(a).rejects.toThrow('disk full');
    await expect(b).resolves.toBe('b');
  });

  it('lets one item of a batch fail alone', async () => {
    const queue = new BatchQueue(
      async (items: number[]) =>
        items.map(
          (item): Settled<number> => (item === 2 ? { ok: false, reason: new Error('two') } : { ok: true, value: item }),
        ),
      10,
    );
    const outcomes = await Promise.allSettled([1, 2, 3].map((item) => queue.push(item)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('is drained when all has been answered, and works again afterwards', async () => {
    const queue = new BatchQueue(async (items: number[]) => {
      await tick();
      return settled(items);
    }, 2);
    let answered = 0;
    for (let item = 0; item < 5; item++) void queue.push(item).then(() => answered++);
    await queue.drained();
    expect(answered).toBe(5);
    expect(queue.pending).toBe(0);
    expect(await queue.push(9)).toBe(9);
  });
});
