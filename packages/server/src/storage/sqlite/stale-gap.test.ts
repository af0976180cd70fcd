import { describe, expect, it } from 'vitest';
import { staleGap } from './stale-gap.ts';

/** A page of a kind with some cells, whose contents begin at `content`. */
const pageOf = (kind: number, cells: number, content: number): Buffer => {
  const page = Buffer.alloc(4_096);
  page.writeUInt8(kind, 0);
  page.writeUInt16BE(cells, 3);
  page.writeUInt16BE(content, 5);
  page.fill(0xee, content);
  return page;
};

const withStale = (page: Buffer, ...places: number[]): Buffer => {
  for (const at of places) page.writeUInt8(1, at);
  return page;
};

describe('staleGap', () => {
  it.each([
    [2, 12],
    [5, 12],
    [10, 8],
    [13, 8],
  ])('is what lies between the cells of a page of kind %i', (kind, headerSize) => {
    const from = headerSize + 2 * 3;
    expect(staleGap(withStale(pageOf(kind, 3, 3_000), from))).toEqual({ from, to: 3_000 });
    expect(staleGap(withStale(pageOf(kind, 3, 3_000), 2_999))).toEqual({ from, to: 3_000 });
    expect(staleGap(withStale(pageOf(kind, 3, 3_000), from - 1))).toBeUndefined();
    expect(staleGap(pageOf(kind, 3, 3_000))).toBeUndefined();
  });

  it('reaches to the end of the largest page where no cell has a place', () => {
    const page = Buffer.alloc(65_536);
    page.writeUInt8(10, 0);
    expect(staleGap(withStale(page, 65_535))).toEqual({ from: 8, to: 65_536 });
  });

  it.each([
    ['the first page', Buffer.from('SQLite format 3\0'.padEnd(4_096, '\x01'))],
    ['an overflow page', withStale(pageOf(0, 3, 3_000), 100)],
    ['a page of another kind', withStale(pageOf(7, 3, 3_000), 100)],
    ['a page without a gap', pageOf(10, 3, 14)],
    ['cells that begin behind the page', withStale(pageOf(10, 3, 5_000), 100)],
    ['more cells than there is room for', withStale(pageOf(10, 2_000, 3_000), 100)],
    ['less than a page', Buffer.alloc(100, 10)],
  ])('is none of %s', (_, page) => {
    expect(staleGap(page)).toBeUndefined();
  });
});
