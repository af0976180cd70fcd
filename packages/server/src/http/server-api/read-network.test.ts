import { describe, expect, it } from 'vitest';
import { readNetwork } from './read-network.ts';

describe('readNetwork', () => {
  it.each([
    ['203.0.113.77/24', '203.0.113.0/24'],
    ['203.0.113.77/32', '203.0.113.77/32'],
    ['203.0.113.77/0', '0.0.0.0/0'],
    ['2001:DB8::1/32', '2001:db8::/32'],
    ['2001:db8::1/128', '2001:db8::1/128'],
    ['::/0', '::/0'],
    ['::ffff:203.0.113.77/120', '::ffff:cb00:7100/120'],
  ])('reads %s as %s', (text, network) => {
    expect(readNetwork(text)).toBe(network);
  });

  it.each([
    '',
    '203.0.113.77',
    '2001:db8::1',
    '203.0.113.77/33',
    '203.0.113.77/-1',
    '203.0.113.77/24.5',
    '203.0.113.256/24',
    '010.1.1.1/8',
    '0x7f000001/8',
    '10/8',
    '::/129',
    'fe80::1%eth0/64',
    '203.0.113.77/24 ',
    '203.0.113.77/24/24',
    '::g/64',
    'example.org/24',
    '\0',
  ])('does not read %j', (text) => {
    expect(readNetwork(text)).toBeUndefined();
  });
});
