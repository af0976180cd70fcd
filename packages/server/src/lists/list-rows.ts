import { type AddressExtent, addressExtent, isSixToFour } from '../lookup/address-extent.ts';
import type { AddressRanges } from '../lookup/address-ranges.ts';
import type { ParsedRange } from './parse-network.ts';
import { RangeBuilder } from './range-builder.ts';

/** A list in memory. */
export type LoadedRows = {
  /** Rows that were read, before any were merged. */
  rows: number;
  /**
   * IPv4 addresses in all rows together, those in several rows counted as often; of autonomous systems those that they announce,
   * as the bundled data has it.
   */
  addresses: number;
  /** IPv6 networks of /48, a site's each, in all rows together; parts of one count as their share. Of systems as above. */
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

/** Collects the rows of a list while it is read. */
export class ListRows {
  #rows = 0;
  readonly #extent: AddressExtent = { addresses: 0, sites: 0 };
  readonly #builders = { 4: new RangeBuilder(1), 6: new RangeBuilder(4) };
  readonly #asns = new Set<number>();
  readonly #names = new Map<string, number>([['', 0]]);

  get length(): number {
    return this.#rows;
  }

  /** How many addresses all rows mean together, those in several rows counted as often. */
  get extent(): Readonly<AddressExtent> {
    return this.#extent;
  }

  get asns(): ReadonlySet<number> {
    return this.#asns;
  }

  /** Rows of 6to4 are passed over: some clouds publish all of it, a /16, among what is theirs. */
  add(range: ParsedRange, value = 0): 'row' | 'nothing' {
    if (isSixToFour(range)) return 'nothing';
    const { family, start, end } = range;
    this.#builders[family].add(start, end, value);
    this.addExtent(addressExtent(range));
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

  /** Counts what the rows mean beside the networks in them: the addresses of systems. */
  addExtent({ addresses, sites }: AddressExtent): void {
    this.#extent.addresses += addresses;
    this.#extent.sites += sites;
  }

  /** The list, sorted and merged, as work that can be put aside. */
  *load(): Generator<void, LoadedRows> {
    const four = yield* this.#builders[4].build();
    const six = yield* this.#builders[6].build();
    return {
      rows: this.#rows,
      ...this.#extent,
      ranges: { ...(four === undefined ? {} : { 4: four }), ...(six === undefined ? {} : { 6: six }) },
      asns: this.#asns,
      names: [...this.#names.keys()],
    };
  }
}
