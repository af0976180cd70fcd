import type { NetworkKind, PlaceTruth, SimulatedVisit } from '../visits/simulated-visit.ts';
import { DAY } from './releases.ts';
import { FLOOR } from './trait.ts';

/** A network that a browser was seen in: the part of its address that names it, and when. Days since the epoch. */
export type PlaceSeen = PlaceTruth & { address: string; asn: number; time: number };

/** How full the simulated internet is already: browsers known at an address, and in all. */
export type Crowd = { atAddress: number; known: number };

/** Shares of visits by kind of network, and in how many operators each kind falls: rounded, for newcomers. */
const KINDS: { readonly [Kind in NetworkKind]: { share: number; operators: number; sharing: number } } = {
  home: { share: 0.66, operators: 10, sharing: 0.24 },
  mobile: { share: 0.17, operators: 10, sharing: 0 },
  office: { share: 0.13, operators: 10, sharing: 0.95 },
  vpn: { share: 0.04, operators: 3, sharing: 0 },
};

/** The part of an address that names a network: all of an IPv4 address, the first 64 bits of an IPv6 one. */
export const networkPart = (address: string): string =>
  address.includes(':') ? address.split(':').slice(0, 4).join(':') : address;

/** The chance that a newcomer comes from an address: a fresh one, or one that others were seen at. */
export const newcomerAt = ({ truth: { place } }: SimulatedVisit, { atAddress, known }: Crowd): number => {
  const { share, operators, sharing } = KINDS[place.kind];
  const fresh = (1 - sharing) / (operators * place.pool);
  return share * (fresh + (known === 0 ? 0 : (sharing * atAddress) / known));
};

/** The chance that one network, seen at an address some days ago, is now at the visit's. */
const nowAt = (seen: PlaceSeen, visit: SimulatedVisit, address: string): number => {
  const days = visit.time / DAY - seen.time;
  const stays = Math.exp(-seen.renewalsPerDay * days);
  const drawn = seen.asn === visit.network.asn && seen.kind === visit.network.kind ? (1 - stays) / seen.pool : 0;
  return (seen.address === address ? stays : 0) + drawn;
};

/** The chance of a visit's address given the networks that a browser was seen in; those not seen yet are a newcomer's. */
export const returnAt = (places: readonly PlaceSeen[], visit: SimulatedVisit, crowd: Crowd): number => {
  const address = networkPart(visit.address);
  const seen = places.reduce((sum, place) => sum + place.share, 0);
  const chance = places.reduce((sum, place) => sum + place.share * nowAt(place, visit, address), 0);
  const unseen = Math.max(0.02, 1 - seen) * newcomerAt(visit, crowd);
  return Math.max(FLOOR * FLOOR, (chance + unseen) / Math.max(1, seen + 0.02));
};

/** The networks seen, with that of a visit. Unchanged where the same network showed the same address at another time. */
export const placesWith = (places: readonly PlaceSeen[], visit: SimulatedVisit): PlaceSeen[] => [
  ...places.filter(({ network }) => network !== visit.truth.place.network),
  {
    ...visit.truth.place,
    address: networkPart(visit.address),
    asn: visit.network.asn,
    time: visit.time / DAY,
  },
];
