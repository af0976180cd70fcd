import { describe, expect, it } from 'vitest';
import { canonicalNetwork, readNetwork } from './read-network.ts';

describe('a network', () => {
  it.each([
    '203.0.113.0/24',
    '203.0.113.77/24',
    '0.0.0.0/0',
    '203.0.113.9',
    '2001:db8::/32',
    '::1',
    '::ffff:192.0.2.0/120',
    '0000:0000:0000:0000:0000:ffff:192.168.100.200/128',
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
    `${'a:'.repeat(8_000)}z`,
  ])('is not read from %j', (text) => {
    expect(readNetwork(text)).toBeUndefined();
  });
});

describe('canonicalNetwork', () => {
  it.each([
    ['203.0.113.77/24', '203.0.113.0/24'],
    ['203.0.113.77/32', '203.0.113.77/32'],
    ['203.0.113.77', '203.0.113.77/32'],
    ['203.0.113.77/31', '203.0.113.76/31'],
    ['203.0.113.77/0', '0.0.0.0/0'],
    ['2001:DB8::1/32', '2001:db8::/32'],
    ['2001:db8:ffff::1/33', '2001:db8:8000::/33'],
    ['2001:db8::1/128', '2001:db8::1/128'],
    ['2001:DB8::1', '2001:db8::1/128'],
    ['::/0', '::/0'],
    ['ffff::/1', '8000::/1'],
    ['::ffff:203.0.113.77/120', '203.0.113.0/24'],
    ['::ffff:0:0/96', '0.0.0.0/0'],
    ['::ffff:0:0/95', '::fffe:0:0/95'],
    ['::ffff:203.0.113.77', '203.0.113.77/32'],
  ])('writes %s as %s', (text, network) => {
    expect(canonicalNetwork(text)).toBe(network);
    expect(canonicalNetwork(network)).toBe(network);
  });

  it.each([
    '',
    '/32',
    '203.0.113',
    '203.0.113.77/33',
    '203.0.113.77/24.5',
    '203.0.113.256/24',
    '0x7f000001/8',
    '10/8',
    'fe80::1%eth0/64',
    '203.0.113.77/24 ',
    '::g/64',
    'localhost',
    'example.org/24',
    '\0',
  ])('does not read %j', (text) => {
    expect(canonicalNetwork(text)).toBeUndefined();
  });
});
