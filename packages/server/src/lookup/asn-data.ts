import { readFile } from 'node:fs/promises';
import type { DataSource } from '@whorl/engine';
import type { Address } from './address.ts';
import { type AddressExtent, addressExtent, isSixToFour } from './address-extent.ts';
import type { AddressRanges } from './address-ranges.ts';
import { readAsnCsv } from './asn-csv.ts';
import { creditOf } from './attributions.ts';
import { buildTimeOfVersion, npmFile, npmVersion } from './npm-data.ts';

const PACKAGE = '@ip-location-db/asn';

/** Who announces an address: number and name of the autonomous system, and the network within its range. */
export type AsnEntry = { asn: number; name: string; network: string };

/** Ranges between two places at which counting can be put aside: far less than a millisecond. */
const STRIDE = 4_096;

/** Autonomous systems by address. */
export class AsnData {
  readonly source: DataSource;
  readonly #ranges: Record<4 | 6, AddressRanges>;
  readonly #names: ReadonlyMap<number, string>;

  constructor(source: DataSource, ranges: Record<4 | 6, AddressRanges>, names: ReadonlyMap<number, string>) {
    this.source = source;
    this.#ranges = ranges;
    this.#names = names;
  }

  find({ family, words }: Pick<Address, 'family' | 'words'>): AsnEntry | undefined {
    const ranges = this.#ranges[family];
    const index = ranges.indexOf(words);
    if (index === -1) return undefined;
    const asn = ranges.valueAt(index);
    return { asn, name: this.#names.get(asn) ?? '', network: ranges.networkAt(index, words) };
  }

  /**
   * How many addresses systems announce together, 6to4 left out, as work that can be put aside: all ranges are gone through, in
   * some tens of milliseconds. Systems that are not in the data announce nothing.
   */
  *extentOf(asns: ReadonlySet<number>): Generator<void, AddressExtent> {
    const extent = { addresses: 0, sites: 0 };
    for (const family of [4, 6] as const) {
      const ranges = this.#ranges[family];
      for (let index = 0; index < ranges.length; index += 1) {
        if (index % STRIDE === 0) yield;
        if (!asns.has(ranges.valueAt(index))) continue;
        const range = { family, ...ranges.endsAt(index) };
        if (isSixToFour(range)) continue;
        const { addresses, sites } = addressExtent(range);
        extent.addresses += addresses;
        extent.sites += sites;
      }
    }
    return extent;
  }

  /** The names of all systems in the data, by number. */
  get names(): ReadonlyMap<number, string> {
    return this.#names;
  }
}

/** Loads the data of the npm package `@ip-location-db/asn`: about 515,000 ranges. */
export const openAsnData = async (): Promise<AsnData> => {
  const names = new Map<number, string>();
  const [v4, v6] = await Promise.all([
    readFile(npmFile(PACKAGE, 'asn-ipv4-num.csv')),
    readFile(npmFile(PACKAGE, 'asn-ipv6-num.csv')),
  ]);
  const ranges = { 4: readAsnCsv(v4, 1, names), 6: readAsnCsv(v6, 4, names) };
  const builtAt = buildTimeOfVersion(npmVersion(PACKAGE));
  const credit = creditOf('RouteViews', 'NRO', 'DB-IP');
  return new AsnData({ name: PACKAGE, builtAt, credit }, ranges, names);
};

/** {@link openAsnData} that loads the data when it is asked for the first time, and then has it: it is too large to have it twice. */
export const asnDataOnce = (): (() => Promise<AsnData>) => {
  let opened: Promise<AsnData> | undefined;
  return () => {
    opened ??= openAsnData();
    return opened;
  };
};
