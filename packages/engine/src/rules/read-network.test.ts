import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, it } from 'vitest';
import { isInNetworks, readNetwork } from './read-network.ts';

describe('a network', () => {
  it.each([
    '203.0.113.0/24',
    '203.0.113.77/24',
    '0.0.0.0/0',
    '203.0.113.9',
    '2001:db8::/32',
    '::1',
    '::ffff:192.0.2.0/120',
  ])('is read from %s', (text) => {
    expect(readNetwork(text)).toBeDefined();
  });

  it.each([
    '',
    '1',
    '010.0.0.1',
    '0x7f.1',
    '10.0.0/8',
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/-1',
    '::/129',
    'fe80::1%eth0',
    '10.0.0.0/8/8',
    'shop',
  ])('is not read from %j', (text) => {
    expect(readNetwork(text)).toBeUndefined();
  });

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
  ])('%s in %s: %s', (address, network, expected) => {
    expect(isInNetworks(address, ['198.51.100.0/24', network, 'nonsense'])).toBe(expected);
  });

  it('agrees with ipaddr.js', () => {
    const byte = fc.integer({ min: 0, max: 255 });
    const four = fc.tuple(byte, byte, byte, byte).map((bytes) => bytes.join('.'));
    fc.assert(
      fc.property(four, four, fc.integer({ min: 0, max: 32 }), (address, base, bits) => {
        const network = `${base}/${bits}`;
        expect(isInNetworks(address, [network])).toBe(ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(network)));
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), fc.ipV6(), fc.integer({ min: 0, max: 128 }), (address, base, bits) => {
        const one = ipaddr.IPv6.parse(address);
        fc.pre(!one.isIPv4MappedAddress());
        const expected = one.match(ipaddr.IPv6.parse(base), bits);
        expect(isInNetworks(address, [`${base}/${bits}`])).toBe(expected);
      }),
    );
  });
});
