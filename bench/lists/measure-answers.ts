import type { ListFacts } from '@whorl/engine';
import type { NetworkLists } from '../../packages/server/src/lists/network-lists.ts';
import { readAddress } from '../../packages/server/src/lookup/address.ts';
import type { AsnData } from '../../packages/server/src/lookup/asn-data.ts';
import { hostingProviderOf } from '../../packages/server/src/lookup/hosting-asns.ts';
import type { HomeDraw } from './home-addresses.ts';
import { homeNetworks } from './home-networks.ts';

/** So many of so many, and in per cent. */
export type Share = { detected: number; of: number; percent: number };

export const shareOf = (detected: number, of: number): Share => ({
  detected,
  of,
  percent: of === 0 ? 0 : Math.round((10_000 * detected) / of) / 100,
});

export type Answer = { lists: ListFacts; datacenter: boolean };

/** What a server with these lists knows of an address; its network is looked up in the bundled data, as there. */
export const answerOf = (text: string, lists: NetworkLists, asns: AsnData): Answer => {
  const address = readAddress(text);
  if (address === undefined) throw new Error(`${text} is no address`);
  const asn = asns.find(address)?.asn;
  const isHosting = asn !== undefined && hostingProviderOf(asn) !== undefined;
  const datacenter = isHosting || lists.datacenterOf(address, asn) !== undefined;
  return { lists: lists.find(address, asn, Date.now()), datacenter };
};

/** How many of the addresses are said to be a VPN's or a relay's, and how many of the others at least a datacenter's. */
export const vpnShare = (
  addresses: readonly string[],
  lists: NetworkLists,
  asns: AsnData,
): Share & { missedInDatacenters: Share } => {
  const answers = addresses.map((text) => answerOf(text, lists, asns));
  const missed = answers.filter(
    ({ lists: { relay, publicVpn } }) => relay?.listed !== true && publicVpn?.listed !== true,
  );
  return {
    ...shareOf(answers.length - missed.length, answers.length),
    missedInDatacenters: shareOf(missed.filter(({ datacenter }) => datacenter).length, missed.length),
  };
};

/** How many of the addresses lie in networks of homes, by what the bundled data says. */
export const homeShare = (addresses: readonly string[], asns: AsnData): Share => {
  const homes = new Set(homeNetworks.map(([asn]) => asn));
  const inHomes = addresses.filter((text) => {
    const address = readAddress(text);
    const asn = address === undefined ? undefined : asns.find(address)?.asn;
    return asn !== undefined && homes.has(asn);
  });
  return shareOf(inHomes.length, addresses.length);
};

/** How many of the addresses are said to be Tor's. */
export const torShare = (addresses: readonly string[], lists: NetworkLists, asns: AsnData): Share => {
  const found = addresses.filter((text) => answerOf(text, lists, asns).lists.tor?.listed === true);
  return shareOf(found.length, addresses.length);
};

const counted = ['tor', 'relay', 'publicVpn', 'proxy', 'attackSource', 'datacenter'] as const;

export type HomeHits = Record<(typeof counted)[number], number>;

/** How many addresses of homes each kind of list names. */
export const homeHits = ({ addresses }: Pick<HomeDraw, 'addresses'>, lists: NetworkLists, asns: AsnData): HomeHits => {
  const hits = Object.fromEntries(counted.map((kind) => [kind, 0])) as HomeHits;
  for (const text of addresses) {
    const answer = answerOf(text, lists, asns);
    for (const kind of counted) {
      const isHit = kind === 'datacenter' ? answer.datacenter : answer.lists[kind]?.listed === true;
      if (isHit) hits[kind] += 1;
    }
  }
  return hits;
};
