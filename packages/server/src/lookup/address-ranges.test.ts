import { describe, expect, it } from 'vitest';
import { readAddress } from './address.ts';
import { AddressRanges } from './address-ranges.ts';

const words = (text: string): Uint32Array => {
  const address = readAddress(text);
  if (address === undefined) throw new Error(`no address: ${text}`);
  return address.words;
};

const rangesOf = (width: 1 | 4, rows: [start: string, end: string, value: number][]): AddressRanges => {
  const ranges = new AddressRanges(width, rows.length);
  for (const [start, end, value] of rows) ranges.push(words(start), words(end), value);
  return ranges;
};

describe('AddressRanges', () => {
  const v4 = rangesOf(1, [
    ['0.0.0.0', '0.0.0.255', 1],
    ['1.0.0.0', '1.0.0.255', 2],
    ['1.0.1.0', '1.0.3.255', 3],
    ['1.0.5.7', '1.0.5.7', 4],
    ['255.255.255.0', '255.255.255.255', 5],
  ]);

  it.each([
    ['0.0.0.0', 1],
    ['0.0.0.255', 1],
    ['0.0.1.0', undefined],
    ['0.255.255.255', undefined],
    ['1.0.0.0', 2],
    ['1.0.0.255', 2],
    ['1.0.1.0', 3],
    ['1.0.3.255', 3],
    ['1.0.4.0', undefined],
    ['1.0.5.6', undefined],
    ['1.0.5.7', 4],
    ['1.0.5.8', undefined],
    ['255.255.255.255', 5],
  ])('finds %s in range %s', (text, value) => {
    const index = v4.indexOf(words(text));
    expect(index === -1 ? undefined : v4.valueAt(index)).toBe(value);
  });

  it('finds IPv6 addresses by all their bits', () => {
    const v6 = rangesOf(4, [
      ['2a02:8308::', '2a02:8308:0:ffff:ffff:ffff:ffff:ffff', 1],
      ['2a02:8308:1::', '2a02:8308:1::ff', 2],
    ]);
    expect(v6.indexOf(words('2a02:8307:ffff::'))).toBe(-1);
    expect(v6.indexOf(words('2a02:8308:0:ffff:ffff:ffff:ffff:ffff'))).toBe(0);
    expect(v6.indexOf(words('2a02:8308:1::ff'))).toBe(1);
    expect(v6.indexOf(words('2a02:8308:1::100'))).toBe(-1);
    expect(v6.indexOf(words('2a02:8308:1:0:1::'))).toBe(-1);
  });

  it('prefers the range that starts last where two overlap', () => {
    const overlapping = rangesOf(1, [
      ['1.0.0.0', '2.0.0.255', 1],
      ['2.0.0.0', '2.1.0.0', 2],
    ]);
    expect(overlapping.valueAt(overlapping.indexOf(words('2.0.0.7')))).toBe(2);
  });

  it('finds nothing where there is nothing', () => {
    expect(new AddressRanges(1, 0).indexOf(words('1.2.3.4'))).toBe(-1);
  });

  it('refuses ranges that are out of order or end before they start', () => {
    const ranges = rangesOf(1, [['1.0.0.0', '1.0.0.255', 1]]);
    expect(() => ranges.push(words('1.0.0.0'), words('1.0.0.1'), 2)).toThrow(RangeError);
    expect(() => ranges.push(words('2.0.0.1'), words('2.0.0.0'), 2)).toThrow(RangeError);
  });
});

describe('AddressRanges.networkAt', () => {
  const networkOf = (start: string, end: string, address: string): string => {
    const width = words(address).length === 1 ? 1 : 4;
    return rangesOf(width, [[start, end, 1]]).networkAt(0, words(address));
  };

  it.each([
    ['1.0.0.0', '1.0.0.255', '1.0.0.7', '1.0.0.0/24'],
    ['1.0.1.0', '1.0.3.255', '1.0.1.9', '1.0.1.0/24'],
    ['1.0.1.0', '1.0.3.255', '1.0.2.9', '1.0.2.0/23'],
    ['1.0.5.7', '1.0.5.7', '1.0.5.7', '1.0.5.7/32'],
    ['1.0.0.1', '1.0.0.254', '1.0.0.1', '1.0.0.1/32'],
    ['1.0.0.1', '1.0.0.254', '1.0.0.100', '1.0.0.64/26'],
    ['0.0.0.0', '255.255.255.255', '9.9.9.9', '0.0.0.0/0'],
    ['0.0.0.0', '127.255.255.255', '9.9.9.9', '0.0.0.0/1'],
    ['128.0.0.0', '255.255.255.255', '200.9.9.9', '128.0.0.0/1'],
    ['2a02:8308::', '2a02:8308:1:ffff:ffff:ffff:ffff:ffff', '2a02:8308:1::5', '2a02:8308::/47'],
    ['2a02::', '2a02:ffff:ffff:ffff:ffff:ffff:ffff:fffe', '2a02:8308:1::5', '2a02:8000::/18'],
    ['2a02:8308::5', '2a02:8308::5', '2a02:8308::5', '2a02:8308::5/128'],
    ['::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', '2a02:8308::5', '::/0'],
  ])('gives of %s - %s round %s the network %s', (start, end, address, network) => {
    expect(networkOf(start, end, address)).toBe(network);
  });

  it('agrees with growing the network bit by bit, for every range among 64 addresses', () => {
    const grown = (start: number, end: number, address: number): string => {
      let prefix = 32;
      const fits = (length: number) => {
        const size = 2 ** (32 - length);
        const first = Math.floor(address / size) * size;
        return first >= start && first + size - 1 <= end;
      };
      while (prefix > 26 && fits(prefix - 1)) prefix -= 1;
      const size = 2 ** (32 - prefix);
      return `0.0.0.${Math.floor(address / size) * size}/${prefix}`;
    };
    // 0 and 63 are left out, so that no range touches an end of the address space, where one outer neighbour is missing.
    for (let start = 1; start < 63; start += 1) {
      for (let end = start; end < 63; end += 1) {
        const ranges = rangesOf(1, [[`0.0.0.${start}`, `0.0.0.${end}`, 1]]);
        for (let address = start; address <= end; address += 7) {
          expect(ranges.networkAt(0, Uint32Array.of(address))).toBe(grown(start, end, address));
        }
      }
    }
  });
});
