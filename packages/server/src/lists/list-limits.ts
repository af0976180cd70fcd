import type { AddressExtent } from '../lookup/address-extent.ts';
import type { ListKind } from './list-source.ts';

/** What is believed of lists of a kind: how much they may say at all, and by how much they grow between two looks. */
export type ListLimits = {
  /** Beyond, a slip or malice is likelier than that the list is right: nobody should be accused by it. */
  most: AddressExtent;
  /** So many times what it had a list may have at the next look… */
  times: number;
  /** …or so much more than it had, for a crawler's three networks may well become forty. */
  step: AddressExtent;
};

const kibi = 2 ** 10;
const mebi = 2 ** 20;

/** Rows by which a list of any kind may grow at once. */
export const ROWS_STEP = 1_000;

/**
 * By kind, in IPv4 addresses and IPv6 networks of /48: the bounds are some times what the largest list of the kind has (in 2026: 3,200
 * addresses of Tor exits, 107,000 and 181,000 /48 of relays, 3.1 million of VPN services, 377 million of datacenters, 941 proxies, 14,000
 * attackers), those of systems less, because one row can be an access provider's tens of millions: of the systems of VPN services,
 * with 3.2 million addresses, no more than 8 million and half a million more at once; of datacenters' 379 million, four million more
 * at once. What is more is only doubted, and taken when it stays.
 */
export const listLimits: Readonly<Record<ListKind, ListLimits>> = {
  tor: { most: { addresses: 128 * kibi, sites: 4 * kibi }, times: 3, step: { addresses: kibi, sites: 16 } },
  relay: { most: { addresses: 4 * mebi, sites: 4 * mebi }, times: 3, step: { addresses: 64 * kibi, sites: 4 * kibi } },
  publicVpn: {
    most: { addresses: 16 * mebi, sites: 16 * mebi },
    times: 1.5,
    step: { addresses: 4 * kibi, sites: 256 },
  },
  vpnAsns: {
    most: { addresses: 8 * mebi, sites: 128 * mebi },
    times: 1,
    step: { addresses: 512 * kibi, sites: 4 * mebi },
  },
  datacenter: {
    most: { addresses: kibi * mebi, sites: kibi * mebi },
    times: 2,
    step: { addresses: mebi, sites: 4 * kibi },
  },
  datacenterAsns: {
    most: { addresses: kibi * mebi, sites: kibi * mebi },
    times: 1,
    step: { addresses: 4 * mebi, sites: 16 * mebi },
  },
  proxy: { most: { addresses: mebi, sites: 4 * kibi }, times: 10, step: { addresses: 4 * kibi, sites: 16 } },
  attackSource: { most: { addresses: 32 * mebi, sites: mebi }, times: 3, step: { addresses: 4 * kibi, sites: 256 } },
  emailSpam: { most: { addresses: 4 * mebi, sites: 64 * kibi }, times: 10, step: { addresses: 4 * kibi, sites: 256 } },
  crawler: {
    most: { addresses: 16 * mebi, sites: 16 * mebi },
    times: 10,
    step: { addresses: 64 * kibi, sites: 4 * kibi },
  },
};
