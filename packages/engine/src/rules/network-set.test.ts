import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { networkSet } from './network-set.ts';

describe('a set of networks', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['10.1.2.3', '0.0.0.0/0', true],
    ['203.0.113.127', '203.0.113.0/25', true],
    ['203.0.113.128', '203.0.113.0/25', false],
    ['203.0.113.9', '203.0.113.8/31', true],
    ['203.0.113.10', '203.0.113.8/31', false],
    ['::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['::ffff:a01:203', '10.0.0.0/8', true],
    ['10.1.2.3', '::/0', false],
    ['2001:db8::1', '0.0.0.0/0', false],
    ['2001:db8::1', '2001:db8::/64', true],
    ['2001:db8:0:1::1', '2001:db8::/64', false],
    ['2001:db8:0:1::1', '2001:db8::/63', true],
    ['nonsense', '0.0.0.0/0', false],
    ['10.0.0.0/8', '10.0.0.0/9', false],
    ['10.0.0.0/9', '10.0.0.0/8', true],
    ['10.0.0.0/8', '10.0.0.0/8', true],
  ])('%s in %s: %s', (address, network, expected) => {
    expect(networkSet(['198.51.100.0/24', '2001:db8:ffff::/48', network, 'nonsense'])(address)).toBe(expected);
  });

  it('without networks holds nothing', () => {
    expect(networkSet([])('10.0.0.1')).toBe(false);
  });

  const byte = fc.integer({ min: 0, max: 255 });
  const four = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'));

  it('agrees with ipaddr.js on IPv4', () => {
    const network = fc.tuple(four, fc.integer({ min: 0, max: 32 }));
    fc.assert(
      fc.property(four, fc.array(network, { maxLength: 4 }), (address, networks) => {
        const parsed = ipaddr.IPv4.parse(address);
        const expected = networks.some(([base, bits]) => parsed.match(ipaddr.IPv4.parse(base), bits));
        expect(networkSet(networks.map((each) => each.join('/')))(address)).toBe(expected);
      }),
    );
  });

  it('agrees with ipaddr.js on IPv6', () => {
    const network = fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 }));
    fc.assert(
      fc.property(fc.ipV6(), fc.array(network, { maxLength: 4 }), (address, networks) => {
        const parsed = ipaddr.IPv6.parse(address);
        fc.pre(!parsed.isIPv4MappedAddress());
        const expected = networks.some(([base, bits]) => parsed.match(ipaddr.IPv6.parse(base), bits));
        expect(networkSet(networks.map((each) => each.join('/')))(address)).toBe(expected);
      }),
    );
  });
});
