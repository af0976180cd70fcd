import { Reader, type Response } from 'maxmind';
import { describe, expect, it } from 'vitest';
import { type MmdbValue, writeMmdb } from './write-mmdb.ts';

const builtAt = new Date('2026-11-01T00:00:00Z');

const readerOf = (networks: Record<string, MmdbValue>, ipVersion: 4 | 6, recordSize: 24 | 28 | 32 = 24) =>
  new Reader<Response>(writeMmdb(networks, { type: 'Test', ipVersion, builtAt, recordSize }));

describe('writeMmdb', () => {
  const networks = {
    '8.8.8.0/24': { name: 'one', flag: true, off: false, list: [1, 2.5, -3], map: { deep: 'x'.repeat(400) } },
    '8.8.9.1/32': { name: 'two' },
    '200.0.0.0/8': { name: 'three' },
  };

  it.each([24, 28, 32] as const)('writes files with pointers of %i bits that the maxmind library reads', (size) => {
    const reader = readerOf(networks, 4, size);
    expect(reader.metadata).toMatchObject({
      databaseType: 'Test',
      ipVersion: 4,
      recordSize: size,
      buildEpoch: builtAt,
    });
    expect(reader.getWithPrefixLength('8.8.8.200')).toEqual([networks['8.8.8.0/24'], 24]);
    expect(reader.getWithPrefixLength('8.8.9.1')).toEqual([{ name: 'two' }, 32]);
    expect(reader.get('8.8.9.2')).toBeNull();
    expect(reader.getWithPrefixLength('200.1.2.3')).toEqual([{ name: 'three' }, 8]);
  });

  it('writes both families into one tree', () => {
    const reader = readerOf({ ...networks, '2001:db8::/32': { name: 'six' } }, 6);
    expect(reader.getWithPrefixLength('2001:db8:1::1')).toEqual([{ name: 'six' }, 32]);
    expect(reader.getWithPrefixLength('8.8.8.8')).toEqual([networks['8.8.8.0/24'], 24]);
    expect(reader.get('2001:db9::')).toBeNull();
  });

  it('refuses what it cannot write', () => {
    expect(() => readerOf({ '2001:db8::/32': {} }, 4)).toThrow(RangeError);
    expect(() => readerOf({ '8.0.0.0/8': {}, '8.8.8.0/24': {} }, 4)).toThrow(/overlap/);
  });
});
