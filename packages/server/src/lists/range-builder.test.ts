import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RangeBuilder } from './range-builder.ts';

const word = (value: number) => Uint32Array.of(value);

describe('RangeBuilder', () => {
  it('knows exactly the addresses that were added, in whatever order and overlap', () => {
    const range = fc.tuple(fc.nat(60), fc.nat(12), fc.nat(2));
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 20 }), (rows) => {
        const builder = new RangeBuilder(1);
        for (const [start, length, value] of rows) builder.add(word(start), word(start + length), value);
        const ranges = builder.build();
        for (let address = 0; address <= 75; address += 1) {
          const holding = rows.filter(([start, length]) => start <= address && address <= start + length);
          const index = ranges?.indexOf(word(address)) ?? -1;
          expect(index !== -1).toBe(holding.length > 0);
          if (index !== -1) expect(holding.map(([, , value]) => value)).toContain(ranges?.valueAt(index));
        }
      }),
    );
  });

  it('makes one interval of ranges of one value that overlap', () => {
    const builder = new RangeBuilder(1);
    builder.add(word(5), word(9), 0);
    builder.add(word(1), word(6), 0);
    builder.add(word(2), word(3), 0);
    expect(builder.build()?.length).toBe(1);
  });

  it('takes the higher value of one address', () => {
    const builder = new RangeBuilder(1);
    for (const value of [3, 9, 4]) builder.add(word(7), word(7), value);
    const ranges = builder.build();
    expect(ranges?.valueAt(ranges.indexOf(word(7)))).toBe(9);
  });

  it('carries over the words of IPv6 where two values meet', () => {
    const builder = new RangeBuilder(4);
    const of = (third: number, last: number) => Uint32Array.of(0x20010db8, 0, third, last);
    builder.add(of(0, 0), of(0, 0xffff_ffff), 1);
    builder.add(of(0, 5), of(1, 7), 2);
    const ranges = builder.build();
    expect(ranges?.valueAt(ranges.indexOf(of(0, 0xffff_ffff)))).toBe(1);
    expect(ranges?.valueAt(ranges.indexOf(of(1, 0)))).toBe(2);
    expect(ranges?.indexOf(of(1, 8))).toBe(-1);
  });

  it('makes nothing of nothing', () => {
    expect(new RangeBuilder(1).build()).toBeUndefined();
  });
});
