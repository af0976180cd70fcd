import { describe, expect, it } from 'vitest';
import { readAddress } from './address.ts';

describe('readAddress', () => {
  it.each([
    ['94.142.239.124', '94.142.239.124'],
    [' 94.142.239.124 ', '94.142.239.124'],
    ['94.142.239.124:51234', '94.142.239.124'],
    ['::ffff:94.142.239.124', '94.142.239.124'],
    ['::FFFF:5e8e:ef7c', '94.142.239.124'],
    ['2A02:8308:0001:0:0:0:0:1', '2a02:8308:1::1'],
    ['[2a02:8308:1::1]', '2a02:8308:1::1'],
    ['[2a02:8308:1::1]:443', '2a02:8308:1::1'],
  ])('reads %j as the public address %s', (text, canonical) => {
    expect(readAddress(text)).toMatchObject({ text: canonical, isPublic: true });
  });

  it('gives the words of an address, most significant first', () => {
    expect(readAddress('255.0.1.2')?.words).toEqual(Uint32Array.of(0xff00_0102));
    expect(readAddress('2a02:8308:1::ffff')?.words).toEqual(Uint32Array.of(0x2a02_8308, 0x0001_0000, 0, 0xffff));
  });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.1.1',
    '172.31.255.255',
    '192.0.2.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    '2001:db8::1',
    '2001::1',
    '2002:808:808::1',
    '64:ff9b::808:808',
    'ff02::1',
  ])('knows that %s is not public', (text) => {
    expect(readAddress(text)).toMatchObject({ isPublic: false });
  });

  it.each(['172.15.255.255', '172.32.0.0', '100.63.255.255', '100.128.0.0', '11.0.0.0', '9.255.255.255'])(
    'knows that %s, next to a private range, is public',
    (text) => {
      expect(readAddress(text)).toMatchObject({ isPublic: true });
    },
  );

  it('drops the zone of a link-local address', () => {
    expect(readAddress('fe80::1%eth0')?.text).toBe('fe80::1');
  });

  it.each([
    '',
    'unknown',
    'localhost',
    '1.2.3',
    '1.2.3.4.5',
    '1.2.3.256',
    '01.2.3.4',
    '0x7f.0.0.1',
    '2130706433',
    ':::',
    '1::2::3',
    '2a02:8308',
    '[2a02:8308:1::1',
    '::ffff:300.1.1.1',
    '1.2.3.4, 5.6.7.8',
    '<script>',
    '\u0000',
    'x'.repeat(100_000),
  ])('takes %j for no address', (text) => {
    expect(readAddress(text)).toBeUndefined();
  });
});
