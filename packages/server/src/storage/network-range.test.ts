import { describe, expect, it } from 'vitest';
import { networkRange } from './network-range.ts';
import { packAddress } from './pack-address.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const rangeOf = (cidr: string) => Object.values(networkRange(cidr)).map(hex);

describe('networkRange', () => {
  it.each([
    ['203.0.113.0/24', '203.0.113.0', '203.0.113.255'],
    ['203.0.113.77/24', '203.0.113.0', '203.0.113.255'],
    ['203.0.113.7/32', '203.0.113.7', '203.0.113.7'],
    ['203.0.113.7/31', '203.0.113.6', '203.0.113.7'],
    ['10.0.0.0/9', '10.0.0.0', '10.127.255.255'],
    ['0.0.0.0/0', '0.0.0.0', '255.255.255.255'],
    ['2001:db8::7/128', '2001:db8::7', '2001:db8::7'],
    ['2001:db8::/33', '2001:db8::', '2001:db8:7fff:ffff:ffff:ffff:ffff:ffff'],
    ['::/0', '::', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
    ['::ffff:203.0.113.9/120', '203.0.113.0', '203.0.113.255'],
  ])('%s goes from %s to %s', (cidr, first, last) => {
    expect(rangeOf(cidr)).toEqual([hex(packAddress(first)), hex(packAddress(last))]);
  });

  it.each(['', '203.0.113.0', '203.0.113.0/33', 'nonsense/8'])('throws for %j', (text) => {
    expect(() => networkRange(text)).toThrow();
  });
});
