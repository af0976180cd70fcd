import { describe, expect, it } from 'vitest';
import { readAddress } from './address.ts';
import { readAsnCsv } from './asn-csv.ts';

const words = (text: string): Uint32Array => readAddress(text)?.words ?? new Uint32Array();

const read = (text: string, width: 1 | 4 = 1) => {
  const names = new Map<number, string>();
  return { names, ranges: readAsnCsv(Buffer.from(text), width, names) };
};

describe('readAsnCsv', () => {
  it('reads rows with plain, quoted and accented names', () => {
    const { names, ranges } = read(
      '16777216,16777471,13335,"Cloudflare, Inc."\n16778240,16779263,38803,Zkušební s.r.o.\n16781312,16781567,9123,"JSC ""TIMEWEB"""\n',
    );
    expect(ranges.length).toBe(3);
    expect([...names]).toEqual([
      [13335, 'Cloudflare, Inc.'],
      [38803, 'Zkušební s.r.o.'],
      [9123, 'JSC "TIMEWEB"'],
    ]);
    expect(ranges.valueAt(ranges.indexOf(words('1.0.4.1')))).toBe(38803);
  });

  it('reads numbers of 32 and of 128 bits to the last digit', () => {
    const v4 = read('0,4294967295,4294967295,All\n').ranges;
    expect(v4.valueAt(v4.indexOf(words('255.255.255.255')))).toBe(4_294_967_295);
    const v6 = read('42540488161975842760550356425300246529,340282366920938463463374607431768211455,1,All\n', 4).ranges;
    expect(v6.indexOf(words('2001::'))).toBe(-1);
    expect(v6.indexOf(words('2001::1'))).toBe(0);
    expect(v6.indexOf(words('ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'))).toBe(0);
  });

  it('reads files with carriage returns, blank lines and no last newline', () => {
    const { names, ranges } = read('1,2,3,One\r\n\r\n4,5,6,Two');
    expect(ranges.length).toBe(2);
    expect([...names.values()]).toEqual(['One', 'Two']);
  });

  it('reads an empty file', () => {
    expect(read('').ranges.length).toBe(0);
  });

  it.each([
    ['letters for a number', 'a,2,3,One'],
    ['an address as text', '1.0.0.0,1.0.0.255,3,One'],
    ['a number beyond 32 bits', '0,4294967296,3,One'],
    ['rows out of order', '9,10,1,One\n4,5,2,Two'],
  ])('throws for %s', (_, text) => {
    expect(() => read(text)).toThrow();
  });
});
