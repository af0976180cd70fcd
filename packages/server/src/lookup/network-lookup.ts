import type { AddressInfo, IpInfo } from '@whorl/contract';
import type { DataSource, NetworkFacts } from '@whorl/engine';
import { type Address, readAddress } from './address.ts';
import type { AddressLists } from './address-lists.ts';
import { type AsnData, openAsnData } from './asn-data.ts';
import { type CityData, openCityData } from './city-data.ts';
import { countryOffsets } from './country-offsets.ts';
import { bundledCrawlerRanges, type CrawlerRanges } from './crawler-ranges.ts';
import { HOSTING_ASNS_REVIEWED, hostingProviderOf } from './hosting-asns.ts';

/** From a client's address to what is known of it. */
export type NetworkLookup = {
  /** Loads the data. Rejects with `NetworkDataError` when the operator's own file is no good. */
  open(): Promise<void>;
  /**
   * What the data says of an address at a time (unix milliseconds); before `open` has resolved, and for addresses that
   * are not public, no more than the address. A text that is no address stands for itself, under family 4 and with an
   * empty `ipInfo`.
   */
  lookup(address: string, time: number): NetworkFacts;
  /** The data sets that are loaded. */
  sources(): DataSource[];
};

/** The datacenter verdict is only as old as the list of hosting networks behind it, so that is a source as well. */
const hostingSource: DataSource = { name: 'whorl hosting networks', builtAt: HOSTING_ASNS_REVIEWED };

const ipInfoOf = (family: 4 | 6, info: AddressInfo): IpInfo => (family === 4 ? { v4: info } : { v6: info });

/** Facts of an address that no data was asked about. */
const unknown = (): Pick<NetworkFacts, 'isPublic' | 'sources' | 'countryOffsets'> => ({
  isPublic: false,
  sources: [],
  countryOffsets: null,
});

/** A text that is no address is cut to this length: it may come from a header that a client wrote. */
const LONGEST_ADDRESS = 64;

/** What is known of an address, the number of its network, and what else that rests on. */
type Described = { info: AddressInfo; asn: number | undefined; sources: DataSource[] };

/**
 * Our table of hosting networks names the provider where it can; lists of datacenters know those within networks of
 * others, and are named as a source only where they have the address.
 */
const describe = (address: Address, city: CityData, asns: AsnData, lists: AddressLists | undefined): Described => {
  const info: AddressInfo = { address: address.text, geolocation: city.find(address) ?? {} };
  const entry = asns.find(address);
  const provider = entry === undefined ? undefined : hostingProviderOf(entry.asn);
  const listed = provider === undefined ? lists?.datacenterOf(address, entry?.asn) : undefined;
  if (entry !== undefined) info.asn = { asn: String(entry.asn), name: entry.name, network: entry.network };
  if (entry !== undefined || listed !== undefined) {
    info.datacenter = {
      result: provider !== undefined || listed !== undefined,
      name: provider ?? listed?.name ?? '',
    };
  }
  return { info, asn: entry?.asn, sources: listed === undefined ? [] : [listed.source] };
};

export type LookupParts = {
  geoDatabase?: string | null;
  crawlers?: CrawlerRanges;
  lists?: AddressLists | undefined;
};

/**
 * The lookup of addresses in the bundled data, or with locations from the operator's own file (`geoDatabase`, a path), and
 * in `lists` and `crawlers`, which others keep fresh. Everything lies in memory after `open`; nothing is fetched here.
 */
export const createNetworkLookup = ({
  geoDatabase = null,
  crawlers = bundledCrawlerRanges(),
  lists,
}: LookupParts = {}): NetworkLookup => {
  let data: { city: CityData; asns: AsnData } | undefined;
  return {
    async open() {
      const [city, asns] = await Promise.all([openCityData(geoDatabase), openAsnData()]);
      data = { city, asns };
    },
    lookup(text, time) {
      const address = readAddress(text);
      if (address === undefined)
        return { ...unknown(), address: text.slice(0, LONGEST_ADDRESS), family: 4, ipInfo: {} };
      const { family, isPublic } = address;
      if (data === undefined || !isPublic) {
        const ipInfo = ipInfoOf(family, { address: address.text, geolocation: {} });
        return { ...unknown(), address: address.text, family, isPublic, ipInfo };
      }
      const { city, asns } = data;
      const { info, asn, sources } = describe(address, city, asns, lists);
      const country = info.geolocation.country?.code;
      return {
        address: address.text,
        family,
        isPublic,
        ipInfo: ipInfoOf(family, info),
        sources: [city.sources[family], asns.source, hostingSource, ...sources],
        countryOffsets: country === undefined ? null : countryOffsets(country, time),
        crawlers: crawlers.find(address),
        ...(lists === undefined ? {} : { lists: lists.find(address, asn) }),
      };
    },
    sources() {
      if (data === undefined) return [];
      const { city, asns } = data;
      return [...new Set([city.sources[4], city.sources[6], asns.source, hostingSource, ...crawlers.sources()])];
    },
  };
};
