import { describe, expect, it } from 'vitest';
import { isInNetwork, readNetwork } from './read-network.ts';

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

  it('holds addresses of its own family alone, mapped ones among those of IPv4', () => {
    expect(isInNetwork('10.1.2.3', '10.0.0.0/8')).toBe(true);
    expect(isInNetwork('11.1.2.3', '10.0.0.0/8')).toBe(false);
    expect(isInNetwork('::ffff:10.1.2.3', '10.0.0.0/8')).toBe(true);
    expect(isInNetwork('10.1.2.3', '::/0')).toBe(false);
    expect(isInNetwork('2001:db8::1', '2001:db8::/64')).toBe(true);
    expect(isInNetwork('nonsense', '0.0.0.0/0')).toBe(false);
  });
});
