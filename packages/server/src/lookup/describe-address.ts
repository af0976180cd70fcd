import type { AddressInfo } from '@whorl/contract';
import type { DataSource, ListFacts } from '@whorl/engine';
import type { Address } from './address.ts';
import type { AddressLists } from './address-lists.ts';
import type { AsnData } from './asn-data.ts';
import type { CityData } from './city-data.ts';
import { combineLists } from './combine-lists.ts';
import type { OwnFacts } from './databases/find-in-databases.ts';
import type { OwnDatabases } from './databases/own-databases.ts';
import { HOSTING_ASNS_REVIEWED, hostingProviderOf } from './hosting-asns.ts';
import { known } from './known.ts';

/** The datacenter verdict is only as old as the list of hosting networks behind it, so that is a source as well. */
export const hostingSource: DataSource = { name: 'whorl hosting networks', builtAt: HOSTING_ASNS_REVIEWED };

/** All that addresses are looked up in. `city`: null where the operator's own files have places. */
export type AddressData = {
  city: CityData | null;
  asns: AsnData;
  own: OwnDatabases | undefined;
  lists: AddressLists | undefined;
};

/** What is known of an address, and what that rests on. */
export type Described = { info: AddressInfo; sources: DataSource[]; lists: ListFacts | undefined };

const placeOf = (address: Address, own: OwnFacts, { city, own: files }: AddressData) => {
  if (own.place !== undefined) return { geolocation: own.place.value, source: own.place.source };
  if (city === null) return { geolocation: {}, source: files?.placeSource };
  return { geolocation: city.find(address) ?? {}, source: city.sources[address.family] };
};

/** The operator's file counts where it has the address; the names of systems are in the bundled data, too. */
const systemOf = (address: Address, { system, type }: OwnFacts, { asns }: AddressData) => {
  const bundled = asns.find(address);
  const asn = system?.asn ?? bundled?.asn;
  if (asn === undefined) return { system: undefined, sources: [asns.source] };
  const isBundled = system === undefined || system.asn === bundled?.asn;
  const name = system?.name ?? (isBundled ? bundled?.name : asns.names.get(asn)) ?? '';
  const network = system?.network ?? bundled?.network ?? address.text;
  return {
    system: { asn, info: { asn: String(asn), name, network, ...known({ type: type?.value }) } },
    sources: [system?.source ?? asns.source, ...(type === undefined ? [] : [type.source])],
  };
};

/**
 * Our table of hosting networks names the provider where it can; lists and the operator's files know those within networks of
 * others, and are named as a source only where they have the address.
 */
const datacenterOf = (
  address: Address,
  asn: number | undefined,
  { hosting }: OwnFacts,
  { lists }: AddressData,
): { datacenter: AddressInfo['datacenter']; source: DataSource | undefined } => {
  const provider = asn === undefined ? undefined : hostingProviderOf(asn);
  if (provider !== undefined) return { datacenter: { result: true, name: provider }, source: undefined };
  const listed = lists?.datacenterOf(address, asn);
  const found = hosting !== undefined && (listed === undefined || listed.name === '') ? hosting : listed;
  if (found !== undefined) return { datacenter: { result: true, name: found.name }, source: found.source };
  return { datacenter: asn === undefined ? undefined : { result: false, name: '' }, source: undefined };
};

/** What all data says of a public address at a time (unix milliseconds). */
export const describeAddress = (address: Address, time: number, data: AddressData): Described => {
  const own = data.own?.find(address) ?? { lists: {} };
  const { geolocation, source: placeSource } = placeOf(address, own, data);
  const { system, sources: systemSources } = systemOf(address, own, data);
  const { datacenter, source: datacenterSource } = datacenterOf(address, system?.asn, own, data);
  const sources = [placeSource, ...systemSources, hostingSource, datacenterSource].filter((each) => each !== undefined);
  return {
    info: { address: address.text, geolocation, ...known({ asn: system?.info, datacenter }) },
    sources: [...new Set(sources)],
    lists: combineLists(data.lists?.find(address, system?.asn, time), own.lists, time),
  };
};
