/** How many addresses are meant: of IPv4 each one, of IPv6 networks of /48, a site's each, parts of one as their share. */
export type AddressExtent = { addresses: number; sites: number };

/** First and last address, as words of 32 bits, most significant first: one for IPv4, four for IPv6. */
type Ends = { family: 4 | 6; start: ArrayLike<number>; end: ArrayLike<number> };

/** How many /48 lie between two IPv6 addresses. Word by word: whole addresses are too large for exact sums. */
const sitesOf = (start: ArrayLike<number>, end: ArrayLike<number>): number => {
  const between = (at: number): number => (end[at] ?? 0) - (start[at] ?? 0);
  return between(0) * 2 ** 16 + between(1) / 2 ** 16 + between(2) / 2 ** 48 + 2 ** -48;
};

const SIX_TO_FOUR = 0x2002;

/** Whether all of a range is of 6to4 (RFC 3056): each such address carries an IPv4 address and is whoever's that is. */
export const isSixToFour = ({ family, start, end }: Ends): boolean =>
  family === 6 && (start[0] ?? 0) >>> 16 === SIX_TO_FOUR && (end[0] ?? 0) >>> 16 === SIX_TO_FOUR;

/** How many addresses lie from `start` to `end`, inclusive. */
export const addressExtent = ({ family, start, end }: Ends): AddressExtent =>
  family === 4
    ? { addresses: (end[0] ?? 0) - (start[0] ?? 0) + 1, sites: 0 }
    : { addresses: 0, sites: sitesOf(start, end) };
