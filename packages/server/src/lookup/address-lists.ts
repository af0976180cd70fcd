import type { DataSource, ListFacts } from '@whorl/engine';
import type { Address } from './address.ts';

/** A list that has the address among those of datacenters. `name`: the provider's, empty where the list has none. */
export type DatacenterFinding = { source: DataSource; name: string };

/** Lists of addresses that are asked besides the bundled data. `asn`: the number of the address's network, where known. */
export type AddressLists = {
  find(address: Pick<Address, 'family' | 'words'>, asn: number | undefined, time: number): ListFacts;
  datacenterOf(address: Pick<Address, 'family' | 'words'>, asn: number | undefined): DatacenterFinding | undefined;
};
