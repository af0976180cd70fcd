import { describe, expect, it } from 'vitest';
import { readNetwork } from './read-network.ts';

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
