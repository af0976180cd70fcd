import { describe, expect, it } from 'vitest';
import { deviceKey } from './device-key.ts';

const keyOf = (address: string) => deviceKey({ os: 'Linux', address });

describe('deviceKey', () => {
  it('is the same for all browsers of a system behind an address, and another elsewhere', () => {
    expect(deviceKey({ os: 'Linux', browser: 'Chrome', address: '192.0.2.1' })).toEqual(
      deviceKey({ os: 'Linux', browser: 'Firefox', address: '192.0.2.1', canvas: 'x' }),
    );
    expect(keyOf('192.0.2.1')).not.toBe(keyOf('192.0.2.2'));
    expect(deviceKey({ os: 'Windows', address: '192.0.2.1' })).not.toEqual(
      deviceKey({ os: 'Linux', address: '192.0.2.1' }),
    );
  });

  it('takes the /64 of an IPv6 address, and a mapped IPv4 address for itself', () => {
    expect(keyOf('2001:db8:1:2:aaaa::1')).toBe(keyOf('2001:db8:1:2:bbbb::2'));
    expect(keyOf('2001:db8:1:2::1')).not.toBe(keyOf('2001:db8:1:3::1'));
    expect(keyOf('::ffff:192.0.2.1')).toBe(keyOf('192.0.2.1'));
  });

  it('is none without a system or a public address', () => {
    expect(deviceKey({ os: 'Linux' })).toBeNull();
    expect(deviceKey({ os: 'Linux', address: '' })).toBeNull();
    expect(deviceKey({ address: '192.0.2.1' })).toBeNull();
  });
});
