/** Where bytes lie that no longer belong to anything: from, inclusive, to, exclusive, in bytes from the page's start. */
export type Gap = { from: number; to: number };

/** A page's first byte where it is one of a B-tree: interior or leaf, of an index or a table. */
const INTERIOR = new Set([2, 5]);
const LEAF = new Set([10, 13]);

const SMALLEST_PAGE = 512;
const LARGEST_PAGE = 65_536;
const ZEROS = Buffer.alloc(LARGEST_PAGE);

/**
 * Pages up to which the first byte tells a page of a B-tree from the others: those begin with the number of a further
 * page, four bytes, of which the first is then at most 1; or they are zeros, or free.
 */
export const MOST_PAGES = 0x1ff_ffff;

/**
 * The gap between a page's list of cells and its cells, where it holds anything but zeros; undefined for a clean one, and
 * for a page that is none of a B-tree, as is the file's first, which begins otherwise. SQLite never reads these bytes. See
 * https://sqlite.org/fileformat2.html#b_tree_pages.
 *
 * @param page the whole page
 */
export const staleGap = (page: Buffer): Gap | undefined => {
  if (page.length < SMALLEST_PAGE) return undefined;
  const kind = page.readUInt8(0);
  if (!INTERIOR.has(kind) && !LEAF.has(kind)) return undefined;
  const from = (LEAF.has(kind) ? 8 : 12) + 2 * page.readUInt16BE(3);
  // Zero stands for the end of a page of 65,536 bytes.
  const to = page.readUInt16BE(5) || LARGEST_PAGE;
  if (from >= to || to > page.length) return undefined;
  return page.compare(ZEROS, 0, to - from, from, to) === 0 ? undefined : { from, to };
};
