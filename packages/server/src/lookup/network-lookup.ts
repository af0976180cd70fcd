import type { AddressInfo, IpInfo } from '@whorl/contract';
import type { DataSource, NetworkFacts } from '@whorl/engine';
import { type Address, readAddress } from './address.ts';
import { type AsnData, openAsnData } from './asn-data.ts';
import { type CityData, openCityData } from './city-data.ts';
import { countryOffsets } from './country-offsets.ts';
import { bundledCrawlerRanges } from './crawler-ranges.ts';
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

const addressInfo = (address: Address, city: CityData, asns: AsnData): AddressInfo => {
  const info: AddressInfo = { address: address.text, geolocation: city.find(address) ?? {} };
  const entry = asns.find(address);
  if (entry !== undefined) {
    const provider = hostingProviderOf(entry.asn);
    info.asn = { asn: String(entry.asn), name: entry.name, network: entry.network };
    info.datacenter = { result: provider !== undefined, name: provider ?? '' };
  }
  return info;
};

/**
 * The lookup of addresses in the bundled data, or with locations from the operator's own file (`geoDatabase`, a path).
 * Everything lies in memory after `open`; nothing is fetched.
 */
export const createNetworkLookup = ({ geoDatabase = null }: { geoDatabase?: string | null } = {}): NetworkLookup => {
  let data: { city: CityData; asns: AsnData } | undefined;
  const crawlers = bundledCrawlerRanges();
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
      const info = addressInfo(address, city, asns);
      const country = info.geolocation.country?.code;
      return {
        address: address.text,
        family,
        isPublic,
        ipInfo: ipInfoOf(family, info),
        sources: [city.sources[family], asns.source, hostingSource],
        countryOffsets: country === undefined ? null : countryOffsets(country, time),
        crawlers: crawlers.find(address),
      };
    },
    sources() {
      if (data === undefined) return [];
      const { city, asns } = data;
      return [...new Set([city.sources[4], city.sources[6], asns.source, hostingSource, ...crawlers.sources()])];
    },
  };
};
