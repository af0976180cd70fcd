import { describe, expect, it } from 'vitest';
import { collect } from './collect.ts';
import type { Readers } from './readers.ts';
import { engineRuntime } from './runtime.ts';

const read = async (readers: Readers) => {
  const { done, readings } = collect(readers, engineRuntime());
  await done;
  return readings();
};

const untellable = Object.create(null) as unknown;

describe('readings', () => {
  it.each<[unknown, [string, string]]>([
    [new RangeError('far'), ['RangeError', 'far']],
    [Object.assign(new Error('x'.repeat(300)), { name: 'N'.repeat(70) }), ['N'.repeat(64), 'x'.repeat(256)]],
    [Object.assign(new Error('odd'), { name: 7 }), ['7', 'odd']],
    [Object.assign(new Error(), { name: untellable, message: Symbol('m') }), ['object', 'Symbol(m)']],
    ['words', ['Error', 'words']],
    [undefined, ['Error', 'undefined']],
    [untellable, ['Error', 'object']],
  ])('are an error where something is thrown (%#)', async (thrown, e) => {
    const rejects = () => Promise.reject(thrown);
    const throws = () => {
      throw thrown;
    };
    const { net, root } = await read({ net: rejects, root: throws });
    expect([net, root]).toEqual([
      { e, d: expect.any(Number) },
      { e, d: expect.any(Number) },
    ]);
  });

  it('are an error of their own where JSON cannot hold them', async () => {
    const circle: { me?: unknown } = {};
    circle.me = circle;
    const { app, net, root, hook } = await read({
      app: () => circle as never,
      net: () => ({ vpn: 1n }) as never,
      root: (() => () => undefined) as never,
      hook: () => ({ ports: [7] }),
    });
    expect([app, net]).toMatchObject([
      { e: ['TypeError', expect.any(String)] },
      { e: ['TypeError', expect.any(String)] },
    ]);
    expect(root).toEqual({ d: expect.any(Number) });
    expect(hook).toMatchObject({ v: { ports: [7] } });
  });

  it('are what was told so far where they have not ended', async () => {
    const { readings } = collect(
      {
        app: (report) => {
          report?.({ version: '1' });
          report?.({ version: '1', installer: 'x' });
          return new Promise(() => undefined);
        },
        root: (report) => {
          report?.({ checks: 1n } as never);
          return new Promise(() => undefined);
        },
        net: async (report) => {
          report?.({ vpn: true });
          return { vpn: false };
        },
        hook: async (report) => {
          report?.({ ports: [1] });
          throw new Error('gone');
        },
      },
      engineRuntime(),
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(readings()).toMatchObject({
      app: { v: { version: '1', installer: 'x' } },
      root: { e: ['Timeout', expect.any(String)] },
      net: { v: { vpn: false } },
      hook: { e: ['Error', 'gone'] },
    });
  });
});
