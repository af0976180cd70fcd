import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from './search-cursor.ts';

const cursor = {
  from: { time: 1700000000123, id: '1700000000123.aB3dE6' },
  after: 1699999999999,
  before: 1700000001000,
};

describe('search cursor', () => {
  it('is read as it was written, and is opaque', () => {
    const text = writeCursor(cursor);
    expect(readCursor(text)).toEqual(cursor);
    expect(text).toMatch(/^[A-Za-z0-9_-]+$/);
  });

  it.each([
    '',
    'nonsense',
    '1700000000123',
    Buffer.from('1700000000123.aB3dE6').toString('base64url'),
    Buffer.from('1700000000123.aB3dE6.1.2.3').toString('base64url'),
    Buffer.from('1700000000123.aB3dE6.-1.2').toString('base64url'),
    `${writeCursor(cursor)}=`,
    ` ${writeCursor(cursor)}`,
  ])('is not read from %j', (text) => {
    expect(readCursor(text)).toBeUndefined();
  });
});
