import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RangeBuilder } from './range-builder.ts';

/** What work comes to that nobody puts aside. */
const finished = <Result>(work: Generator<void, Result>): Result => {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
};

const word = (value: number) => Uint32Array.of(value);

describe('RangeBuilder', () => {
  it('knows exactly the addresses that were added, in whatever order and overlap', () => {
    const range = fc.tuple(fc.nat(60), fc.nat(12), fc.nat(2));
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 20 }), (rows) => {
        const builder = new RangeBuilder(1);
        for (const [start, length, value] of rows) builder.add(word(start), word(start + length), value);
        const ranges = finished(builder.build());
        for (let address = 0; address <= 75; address += 1) {
          const holding = rows.filter(([start, length]) => start <= address && address <= start + length);
          const index = ranges?.indexOf(word(address)) ?? -1;
          expect(index !== -1).toBe(holding.length > 0);
          if (index !== -1) expect(holding.map(([, , value]) => value)).toContain(ranges?.valueAt(index));
        }
      }),
    );
  });

  it.each([1, 4] as const)('makes of many rows of %i words what one sort of all of them makes', (width) => {
    type Row = { start: number; end: number; value: number };
    const rows = fc.array(fc.record({ start: fc.nat(6_000), length: fc.nat(9), value: fc.nat(3) }), {
      minLength: 1_200,
      maxLength: 2_600,
    });
    const wordsOf = (address: number) =>
      width === 1 ? word(address) : Uint32Array.of(1, 2, address >>> 8, (address << 24) >>> 0);
    /** The last address before the next number: in IPv6 each has sixteen million, and the numbers reach over two words. */
    const lastOf = (address: number) => {
      const words = wordsOf(address);
      if (width === 4) words[3] = ((words[3] ?? 0) | 0xff_ffff) >>> 0;
      return words;
    };
    /** The same rule in its shortest words, over numbers: every address goes to whoever had it first. */
    const atOnce = (all: Row[]): Row[] => {
      const merged: Row[] = [];
      for (const row of [...all].sort((a, b) => a.start - b.start || b.end - a.end || b.value - a.value)) {
        const last = merged.at(-1);
        if (last === undefined || row.start > last.end) merged.push({ ...row });
        else if (row.end > last.end && row.value === last.value) last.end = row.end;
        else if (row.end > last.end) merged.push({ ...row, start: last.end + 1 });
      }
      return merged;
    };
    fc.assert(
      fc.property(rows, (drawn) => {
        const all = drawn.map(({ start, length, value }) => ({ start, end: start + length, value }));
        const builder = new RangeBuilder(width);
        for (const { start, end, value } of all) builder.add(wordsOf(start), lastOf(end), value);
        const ranges = finished(builder.build());
        const expected = atOnce(all);
        expect(ranges?.length).toBe(expected.length);
        for (const { start, end, value } of expected) {
          const [first, last] = [start, end].map((address) => ranges?.indexOf(wordsOf(address)) ?? -1);
          expect(first).toBe(last);
          expect(ranges?.valueAt(first ?? -1)).toBe(value);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('can be put aside often', () => {
    const builder = new RangeBuilder(1);
    for (let row = 0; row < 100_000; row += 1)
      builder.add(word((row * 7_919) % 100_003), word((row * 7_919) % 100_003), 0);
    let pauses = 0;
    for (const _ of builder.build()) pauses += 1;
    // Each row is touched once for each doubling of the runs of 512, and once at the end.
    expect(pauses).toBeGreaterThan((100_000 / 512) * 8);
  });

  it('makes one interval of ranges of one value that overlap', () => {
    const builder = new RangeBuilder(1);
    builder.add(word(5), word(9), 0);
    builder.add(word(1), word(6), 0);
    builder.add(word(2), word(3), 0);
    expect(finished(builder.build())?.length).toBe(1);
  });

  it('takes the higher value of one address', () => {
    const builder = new RangeBuilder(1);
    for (const value of [3, 9, 4]) builder.add(word(7), word(7), value);
    const ranges = finished(builder.build());
    expect(ranges?.valueAt(ranges.indexOf(word(7)))).toBe(9);
  });

  it('carries over the words of IPv6 where two values meet', () => {
    const builder = new RangeBuilder(4);
    const of = (third: number, last: number) => Uint32Array.of(0x20010db8, 0, third, last);
    builder.add(of(0, 0), of(0, 0xffff_ffff), 1);
    builder.add(of(0, 5), of(1, 7), 2);
    const ranges = finished(builder.build());
    expect(ranges?.valueAt(ranges.indexOf(of(0, 0xffff_ffff)))).toBe(1);
    expect(ranges?.valueAt(ranges.indexOf(of(1, 0)))).toBe(2);
    expect(ranges?.indexOf(of(1, 8))).toBe(-1);
  });

  it('makes nothing of nothing', () => {
    expect(finished(new RangeBuilder(1).build())).toBeUndefined();
  });
});
