import { describe, expect, it } from 'vitest';
import { packAddress } from './pack-address.ts';

const hex = (text: string): string => Buffer.from(packAddress(text)).toString('hex');

describe('packAddress', () => {
  it.each([
    ['203.0.113.7', '00000000000000000000ffffcb007107'],
    ['::ffff:203.0.113.7', '00000000000000000000ffffcb007107'],
    ['2001:db8::7', '20010db8000000000000000000000007'],
    ['2001:0DB8:0:0::0007', '20010db8000000000000000000000007'],
    ['fe80::1%eth0', 'fe800000000000000000000000000001'],
    ['::', '00000000000000000000000000000000'],
    ['unknown', '00000000000000000000000000000000'],
    ['', '00000000000000000000000000000000'],
  ])('packs %j', (text, packed) => {
    expect(hex(text)).toBe(packed);
  });

  it('keeps the order of addresses, so that a network is one range', () => {
    const network = ['203.0.112.255', '203.0.113.0', '203.0.113.128', '203.0.113.255', '203.0.114.0'].map(hex);
    expect(network).toEqual(network.toSorted());
  });
});
