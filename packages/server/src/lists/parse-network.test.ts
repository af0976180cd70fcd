import { describe, expect, it } from 'vitest';
import { readAddress } from '../lookup/address.ts';
import { parseAddress, parseNetwork, parseRange } from './parse-network.ts';

describe('parseAddress', () => {
  it.each([
    '0.0.0.0',
    '8.8.8.8',
    '255.255.255.255',
    '192.0.2.1',
    '2001:db8::1',
    '::ffff:192.0.2.1',
    '01.2.3.4',
    '1.2.3',
    '1.2.3.4.5',
    '1..2.3',
    '1.2.3.',
    '.1.2.3',
    '256.1.1.1',
    '1.2.3.4x',
    '-1.2.3.4',
    '1.2.3.4/8',
    '',
    'host.example',
  ])('reads %j as a visitor’s address is read', (text) => {
    const read = readAddress(text);
    expect(parseAddress(text)).toEqual(read === undefined ? undefined : { ...parseAddress(text), words: read.words });
    expect(parseAddress(text)?.family).toBe(read?.family);
  });

  it('does not look at endless texts', () => {
    expect(parseAddress('1'.repeat(100_000))).toBeUndefined();
  });
});

describe('parseNetwork', () => {
  it('clears what lies beyond the prefix', () => {
    expect(parseNetwork('192.0.2.77/24')).toEqual({
      family: 4,
      start: Uint32Array.of(0xc000_0200),
      end: Uint32Array.of(0xc000_02ff),
    });
    expect(parseNetwork('2001:db8::5/32')?.end).toEqual(
      Uint32Array.of(0x2001_0db8, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff),
    );
  });

  it.each(['10.0.0.0/7', '0.0.0.0/0', '2000::/15', '8.8.8.8/33', '8.8.8.8/', '8.8.8.8/x', '8.8.8.8/-1'])(
    'refuses %s',
    (text) => {
      expect(parseNetwork(text)).toBeUndefined();
    },
  );
});

describe('parseRange', () => {
  it('reads a range by its ends', () => {
    expect(parseRange('8.8.8.0', '8.8.9.255')).toEqual({
      family: 4,
      start: Uint32Array.of(0x0808_0800),
      end: Uint32Array.of(0x0808_09ff),
    });
  });

  it.each([
    ['8.8.9.0', '8.8.8.0'],
    ['8.8.8.0', '2001:db8::'],
    ['8.0.0.0', '9.0.0.0'],
    ['8.8.8.0', 'x'],
  ])('refuses %s to %s', (first, last) => {
    expect(parseRange(first, last)).toBeUndefined();
  });
});
