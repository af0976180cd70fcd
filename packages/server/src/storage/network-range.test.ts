import { describe, expect, it } from 'vitest';
import { isInRange, networkRanges } from './network-range.ts';
import { packAddress } from './pack-address.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const rangesOf = (cidr: string) => networkRanges(cidr).map(({ first, last }) => [hex(first), hex(last)]);
const isIn = (cidr: string, address: string): boolean =>
  networkRanges(cidr).some((range) => isInRange(packAddress(address), range));

describe('networkRanges', () => {
  it.each([
    ['203.0.113.0/24', '203.0.113.0', '203.0.113.255'],
    ['203.0.113.77/24', '203.0.113.0', '203.0.113.255'],
    ['203.0.113.7/32', '203.0.113.7', '203.0.113.7'],
    ['203.0.113.7', '203.0.113.7', '203.0.113.7'],
    ['203.0.113.7/31', '203.0.113.6', '203.0.113.7'],
    ['10.0.0.0/9', '10.0.0.0', '10.127.255.255'],
    ['0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
    ['2001:db8::7/128', '2001:db8::7', '2001:db8::7'],
    ['2001:db8::/33', '2001:db8::', '2001:db8:7fff:ffff:ffff:ffff:ffff:ffff'],
    ['::ffff:203.0.113.9/120', '203.0.113.0', '203.0.113.255'],
    ['::ffff:0:0/96', '0.0.0.0', '255.255.255.255'],
  ])('%s goes from %s to %s', (cidr, first, last) => {
    expect(rangesOf(cidr)).toEqual([[hex(packAddress(first)), hex(packAddress(last))]]);
  });

  it.each(['::/0', '::/1', '::/79', '::/80', '::fffe:0:0/95'])('%s is of IPv6 alone', (cidr) => {
    for (const address of ['0.0.0.0', '203.0.113.7', '255.255.255.255']) expect(isIn(cidr, address)).toBe(false);
    expect(isIn(cidr, '::fffe:ffff:ffff')).toBe(true);
    expect(isIn(cidr, '2001:db8::1')).toBe(['::/0', '::/1'].includes(cidr));
    expect(isIn(cidr, '::1:0:0:0')).toBe(!cidr.endsWith('/95') && !cidr.endsWith('/80'));
    expect(networkRanges(cidr)).toHaveLength(isIn(cidr, '::1:0:0:0') ? 2 : 1);
  });

  it.each(['', '203.0.113', '203.0.113.0/33', 'nonsense/8'])('throws for %j', (text) => {
    expect(() => networkRanges(text)).toThrow('is no network');
  });
});
