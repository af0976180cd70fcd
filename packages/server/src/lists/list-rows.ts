import type { AddressRanges } from '../lookup/address-ranges.ts';
import type { ParsedRange } from './parse-network.ts';
import { RangeBuilder } from './range-builder.ts';

/** A list in memory. */
export type LoadedRows = {
  /** Rows that were read, before any were merged. */
  rows: number;
  /** IPv4 addresses in all rows together, those in several rows counted as often. */
  addresses: number;
  /** IPv6 networks of /48, a site's each, in all rows together; parts of one count as their share. */
  sites: number;
  /**
   * Sorted intervals by family; a family without addresses is missing. The value of an interval is a place in `names`, or in a
   * list of proxies when it was last seen, seconds since 1970, 0 where that is not known.
   */
  ranges: { 4?: AddressRanges; 6?: AddressRanges };
  /** Numbers of autonomous systems. */
  asns: ReadonlySet<number>;
  /** Names of providers; the first is empty, for rows that have none. */
  names: readonly string[];
};

/** Longest name of a provider that is kept, in characters. */
const LONGEST_NAME = 80;

/** How many /48 lie between two IPv6 addresses, of four words each. */
const sitesOf = (start: ArrayLike<number>, end: ArrayLike<number>): number => {
  // Word by word: whole addresses are too large for exact sums.
  const between = (at: number): number => (end[at] ?? 0) - (start[at] ?? 0);
  return between(0) * 2 ** 16 + between(1) / 2 ** 16 + between(2) / 2 ** 48 + 2 ** -48;
};

/** 6to4 (RFC 3056): a row in it says nothing of its own, for each such address carries an IPv4 address and is whoever's that is. */
const SIX_TO_FOUR = 0x2002;

const isSixToFour = ({ family, start, end }: ParsedRange): boolean =>
  family === 6 && (start[0] ?? 0) >>> 16 === SIX_TO_FOUR && (end[0] ?? 0) >>> 16 === SIX_TO_FOUR;

/** Collects the rows of a list while it is read. */
export class ListRows {
  #rows = 0;
  #addresses = 0;
  #sites = 0;
  readonly #builders = { 4: new RangeBuilder(1), 6: new RangeBuilder(4) };
  readonly #asns = new Set<number>();
  readonly #names = new Map<string, number>([['', 0]]);

  get length(): number {
    return this.#rows;
  }

  /** IPv4 addresses in all rows together, those in several rows counted as often. */
  get addresses(): number {
    return this.#addresses;
  }

  /** IPv6 networks of /48, a site's each, in all rows together; parts of one count as their share. */
  get sites(): number {
    return this.#sites;
  }

  /** Rows of 6to4 are passed over: some clouds publish all of it, a /16, among what is theirs. */
  add(range: ParsedRange, value = 0): 'row' | 'nothing' {
    if (isSixToFour(range)) return 'nothing';
    const { family, start, end } = range;
    this.#builders[family].add(start, end, value);
    if (family === 4) this.#addresses += (end[0] ?? 0) - (start[0] ?? 0) + 1;
    else this.#sites += sitesOf(start, end);
    this.#rows += 1;
    return 'row';
  }

  addNamed(range: ParsedRange, name: string): 'row' | 'nothing' {
    const kept = name.slice(0, LONGEST_NAME);
    const known = this.#names.get(kept) ?? this.#names.size;
    this.#names.set(kept, known);
    return this.add(range, known);
  }

  addAsn(asn: number): 'row' {
    this.#asns.add(asn);
    this.#rows += 1;
    return 'row';
  }

  /** The list, sorted and merged, as work that can be put aside. */
  *load(): Generator<void, LoadedRows> {
    const four = yield* this.#builders[4].build();
    const six = yield* this.#builders[6].build();
    return {
      rows: this.#rows,
      addresses: this.#addresses,
      sites: this.#sites,
      ranges: { ...(four === undefined ? {} : { 4: four }), ...(six === undefined ? {} : { 6: six }) },
      asns: this.#asns,
      names: [...this.#names.keys()],
    };
  }
}
