import { describe, expect, it } from 'vitest';
import { now } from './clock.ts';
import { collectSources } from './runner.ts';
import { Noised, type Source, type Surroundings } from './sources/source.ts';

const surroundings: Surroundings = {
  webGl: {},
  frame: {},
  workerUrl: undefined,
  probes: {
    hookedAtStart: false,
    read: () => ({ stackTraceHits: 0, probes: 0, elapsed: 0 }),
    isSettled: () => true,
    settled: Promise.resolve(),
  },
};

const settle = async (source: Source<unknown>) => {
  const { outcomes, done } = collectSources({ platform: source }, surroundings);
  await done;
  return outcomes.platform;
};

const busy = (ms: number) => {
  for (const start = now(); now() - start < ms; );
};

describe('collecting sources', () => {
  it('keeps a value with its duration', async () => {
    const outcome = await settle({ collect: () => 'Linux' });
    expect(outcome).toEqual({ v: 'Linux', d: expect.any(Number) });
  });

  it('keeps the value that a promise brings', async () => {
    expect(await settle({ collect: async () => [1] })).toMatchObject({ v: [1] });
  });

  it('keeps values that count as nothing in JavaScript', async () => {
    for (const value of [false, 0, '', null]) expect(await settle({ collect: () => value })).toHaveProperty('v', value);
  });

  it('sends neither value nor error where the browser has no such thing', async () => {
    expect(await settle({ collect: () => undefined })).toEqual({ d: expect.any(Number) });
  });

  it('marks what the browser randomised', async () => {
    expect(await settle({ collect: () => new Noised(3) })).toMatchObject({ v: 3, n: true });
  });

  it('turns a throw into a value', async () => {
    const collect = () => {
      throw new TypeError('forbidden');
    };
    expect(await settle({ collect })).toEqual({ e: ['TypeError', 'forbidden'], d: expect.any(Number) });
  });

  it('turns a rejection into a value, be it an error or not', async () => {
    expect(await settle({ collect: () => Promise.reject(new RangeError('no')) })).toMatchObject({
      e: ['RangeError', 'no'],
    });
    expect(await settle({ collect: () => Promise.reject('no') })).toMatchObject({ e: ['Thrown', 'no'] });
  });

  it('cuts an error to what the wire takes', async () => {
    const error = new Error('m'.repeat(1000));
    error.name = 'n'.repeat(1000);
    const outcome = await settle({ collect: () => Promise.reject(error) });
    expect(outcome?.e?.map((text) => text.length)).toEqual([64, 256]);
  });

  it('gives up on a source that hangs, at its own deadline', async () => {
    const outcome = await settle({ deadline: 30, collect: () => new Promise(() => undefined) });
    expect(outcome).toMatchObject({ e: ['SourceTimeout', 'no result within 30 ms'] });
    expect(outcome?.d).toBeGreaterThanOrEqual(29);
    expect(outcome?.d).toBeLessThan(500);
  });

  it('keeps the timeout when the value comes after all', async () => {
    const late = new Promise((resolve) => setTimeout(resolve, 40, 'late'));
    const { outcomes, done } = collectSources({ platform: { deadline: 10, collect: () => late } }, surroundings);
    await done;
    await late;
    expect(outcomes.platform).toHaveProperty('e');
  });

  it('shows what has settled while the rest is still under way', async () => {
    const { outcomes, done } = collectSources(
      {
        vendor: { collect: () => 'now' },
        platform: { collect: () => new Promise((ok) => setTimeout(ok, 30, 'later')) },
      },
      surroundings,
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(Object.keys(outcomes)).toEqual(['vendor']);
    await done;
    expect(Object.keys(outcomes)).toEqual(['vendor', 'platform']);
  });

  it('measures a busy source alone, not those after it', async () => {
    const { outcomes, done } = collectSources(
      { vendor: { collect: () => 1 }, platform: { collect: () => busy(30) } },
      surroundings,
    );
    await done;
    expect(outcomes.vendor?.d).toBeLessThan(20);
    expect(outcomes.platform?.d).toBeGreaterThanOrEqual(29);
  });

  it('lets others run between busy sources', async () => {
    const order: string[] = [];
    const busySource = (name: string): Source<unknown> => ({
      collect: () => {
        order.push(name);
        busy(6);
      },
    });
    setTimeout(() => order.push('page'), 0);
    await collectSources({ platform: busySource('a'), vendor: busySource('b'), osCpu: busySource('c') }, surroundings)
      .done;
    expect(order.indexOf('page')).toBeGreaterThan(0);
    expect(order.indexOf('page')).toBeLessThan(3);
  });
});
