import type { AddressInfo, IpInfo } from '@whorl/contract';
import type { DataSource, NetworkFacts } from '@whorl/engine';
import { readAddress } from './address.ts';
import type { AddressLists } from './address-lists.ts';
import { type AsnData, openAsnData } from './asn-data.ts';
import { type CityData, openCityData } from './city-data.ts';
import { countryOffsets } from './country-offsets.ts';
import { bundledCrawlerRanges, type CrawlerRanges } from './crawler-ranges.ts';
import { type DatabaseStatus, OwnDatabases, type OwnDatabasesParts } from './databases/own-databases.ts';
import { describeAddress, hostingSource } from './describe-address.ts';

/** From a client's address to what is known of it. */
export type NetworkLookup = {
  /** Loads the data. Rejects with `NetworkDataError` when the operator's own files are no good. */
  open(): Promise<void>;
  /**
   * What the data says of an address at a time (unix milliseconds); before `open` has resolved, and for addresses that
   * are not public, no more than the address. A text that is no address stands for itself, under family 4 and with an
   * empty `ipInfo`.
   */
  lookup(address: string, time: number): NetworkFacts;
  /** Reads those of the operator's own files that were replaced since. */
  refresh(): Promise<void>;
  /** The data sets that are loaded. */
  sources(): DataSource[];
  /** How the operator's own files are; empty where there are none. */
  databases(): DatabaseStatus[];
};

const ipInfoOf = (family: 4 | 6, info: AddressInfo): IpInfo => (family === 4 ? { v4: info } : { v6: info });

/** Facts of an address that no data was asked about. */
const unknown = (): Pick<NetworkFacts, 'isPublic' | 'sources' | 'countryOffsets'> => ({
  isPublic: false,
  sources: [],
  countryOffsets: null,
});

/** A text that is no address is cut to this length: it may come from a header that a client wrote. */
const LONGEST_ADDRESS = 64;

export type LookupParts = {
  /** Files and directories of `.mmdb` files. */
  geoDatabase?: readonly string[] | null;
  /** Where to tell of those files. */
  databaseLog?: Pick<OwnDatabasesParts, 'log' | 'count'>;
  crawlers?: CrawlerRanges;
  lists?: AddressLists | undefined;
  /** Gives the data of autonomous systems. */
  asns?: () => Promise<AsnData>;
};

/**
 * The lookup of addresses in the bundled data, in the operator's own files (`geoDatabase`), and in `lists` and `crawlers`,
 * which others keep fresh. Everything lies in memory after `open`; nothing is fetched here.
 */
export const createNetworkLookup = ({
  geoDatabase = null,
  databaseLog = {},
  crawlers = bundledCrawlerRanges(),
  lists,
  asns: openAsns = openAsnData,
}: LookupParts = {}): NetworkLookup => {
  const own = geoDatabase === null ? undefined : new OwnDatabases({ paths: geoDatabase, ...databaseLog });
  let data: { city: CityData | null; asns: AsnData } | undefined;
  return {
    async open() {
      await own?.load();
      const [city, asns] = await Promise.all([own?.placeSource === undefined ? openCityData() : null, openAsns()]);
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
      const described = describeAddress(address, time, { ...data, own, lists });
      const country = described.info.geolocation.country?.code;
      return {
        address: address.text,
        family,
        isPublic,
        ipInfo: ipInfoOf(family, described.info),
        sources: described.sources,
        countryOffsets: country === undefined ? null : countryOffsets(country, time),
        crawlers: crawlers.find(address),
        ...(described.lists === undefined ? {} : { lists: described.lists }),
      };
    },
    refresh: async () => own?.refresh(),
    sources() {
      if (data === undefined) return [];
      const { city, asns } = data;
      const places = city === null ? [] : [city.sources[4], city.sources[6]];
      const files = own?.databases.map(({ source }) => source) ?? [];
      return [...new Set([...places, ...files, asns.source, hostingSource, ...crawlers.sources()])];
    },
    databases: () => own?.status() ?? [],
  };
};
