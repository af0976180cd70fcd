import { describe, expect, it } from 'vitest';
import { WindowCounter } from './window-counter.ts';

describe('WindowCounter', () => {
  it('lets through what the limit allows, each by itself, and then tells how long to wait', async () => {
    const counter = new WindowCounter({ requests: 2, seconds: 60 });
    expect([await counter.take('a'), await counter.take('a')]).toEqual([0, 0]);
    const wait = await counter.take('a');
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await counter.take('b')).toBe(0);
  });
});
