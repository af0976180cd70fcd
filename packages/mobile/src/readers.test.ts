import { describe, expect, it } from 'vitest';
import { joinReaders, type Report } from './readers.ts';

describe('readers that are put together', () => {
  it('put the facts of a section side by side, the last one’s first', async () => {
    const { net, root, timezone } = joinReaders(
      { net: () => ({ vpn: true, proxy: false }), timezone: () => 'UTC' },
      { net: async () => ({ proxy: true, pin: 'match' }), root: undefined },
      { net: () => undefined, timezone: () => 'Europe/Berlin' },
    );
    expect(await net?.()).toEqual({ vpn: true, proxy: true, pin: 'match' });
    expect(await timezone?.()).toBe('Europe/Berlin');
    expect(root).toBeUndefined();
  });

  it('fail only together', async () => {
    const broken = {
      net: () => {
        throw new Error('no module');
      },
    };
    expect(await joinReaders(broken, { net: () => ({ vpn: true }) }).net?.()).toEqual({ vpn: true });
    expect(await joinReaders({ net: () => ({ vpn: true }) }, broken).net?.()).toEqual({ vpn: true });
    await expect(joinReaders(broken, broken).net?.()).rejects.toThrow('no module');
  });

  it('tell what one knows while the other hangs', async () => {
    const hangs = {
      net: (report?: Report<{ vpn: true }>) => {
        report?.({ vpn: true });
        return new Promise<never>(() => undefined);
      },
    };
    for (const readers of [
      joinReaders(hangs, { net: () => ({ proxy: true }) }),
      joinReaders({ net: () => ({ proxy: true }) }, hangs),
    ]) {
      const told: unknown[] = [];
      void readers.net?.((soFar) => told.push(soFar));
      await new Promise((resolve) => setImmediate(resolve));
      expect(told.at(-1)).toEqual({ vpn: true, proxy: true });
    }
  });

  it('have nothing where none has anything', async () => {
    expect(await joinReaders({ net: () => undefined }, { net: () => undefined }).net?.()).toBeUndefined();
  });
});
