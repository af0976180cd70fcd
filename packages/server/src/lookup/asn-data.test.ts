import { describe, expect, it } from 'vitest';
import { AddressRanges } from './address-ranges.ts';
import { AsnData, asnDataOnce } from './asn-data.ts';

const finish = <Result>(work: Generator<void, Result>): Result => {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
};

/** Two systems: 64496 with 256 and 16 addresses and a /32 of IPv6, 64497 with 8 addresses and 6to4. */
const sample = (): AsnData => {
  const [v4, v6] = [new AddressRanges(1, 3), new AddressRanges(4, 2)];
  v4.push(Uint32Array.of(0xc000_0200), Uint32Array.of(0xc000_02ff), 64_496);
  v4.push(Uint32Array.of(0xc633_6400), Uint32Array.of(0xc633_6407), 64_497);
  v4.push(Uint32Array.of(0xcb00_7100), Uint32Array.of(0xcb00_710f), 64_496);
  const all = 0xffff_ffff;
  v6.push(Uint32Array.of(0x2001_0db8, 0, 0, 0), Uint32Array.of(0x2001_0db8, all, all, all), 64_496);
  v6.push(Uint32Array.of(0x2002_0000, 0, 0, 0), Uint32Array.of(0x2002_ffff, all, all, all), 64_497);
  return new AsnData({ name: 'sample', builtAt: 0 }, { 4: v4, 6: v6 }, new Map());
};

describe('AsnData.extentOf', () => {
  it.each([
    [[64_496], 272, 65_536],
    [[64_497], 8, 0],
    [[64_496, 64_497], 280, 65_536],
    [[64_498], 0, 0],
  ])('counts what %j announce, without 6to4', (asns, addresses, sites) => {
    const extent = finish(sample().extentOf(new Set(asns)));
    expect(extent.addresses).toBe(addresses);
    expect(extent.sites).toBeCloseTo(sites, 6);
  });
});

describe('asnDataOnce', () => {
  it('gives the same data each time', async () => {
    const asns = asnDataOnce();
    expect(await asns()).toBe(await asns());
  });
});
