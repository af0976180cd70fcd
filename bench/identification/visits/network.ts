import type { Provider } from '../population/providers.ts';
import type { Random } from '../population/random.ts';
import type { NetworkKind } from './simulated-visit.ts';

/** A network that visits come through. */
export type Network = {
  id: number;
  kind: NetworkKind;
  provider: Provider;
  /**
   * `line`: one address for all behind it, drawn anew now and then. `subscriber`: everybody has an address of their own
   * for a while, out of a pool that many share.
   */
  addressing: 'line' | 'subscriber';
  /** How often a day the address is drawn anew, and among how many. */
  renewalsPerDay: number;
  pool: number;
  /** Whether visits are seen by an address of IPv6: the /64 is the network's, the rest the device's for that visit. */
  v6: boolean;
  /** The place in the pool of a line's address, and the day it was last looked at. */
  current: number;
  since: number;
};

/** A whole number out of three, well spread (the finaliser of MurmurHash3). */
const mix = (a: number, b: number, c: number): number => {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35) ^ Math.imul(c, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

const placeInPool = (network: Network, device: number, day: number, random: Random): number => {
  const { addressing, renewalsPerDay, pool, id } = network;
  if (addressing === 'subscriber') return mix(id, device, Math.floor(day * renewalsPerDay)) % pool;
  if (random.chance(1 - Math.exp(-renewalsPerDay * (day - network.since)))) network.current = random.below(pool);
  network.since = day;
  return network.current;
};

/** Spreads a pool's places over the operator's addresses, so that neighbours in the pool are no neighbours on the wire. */
const scatter = (place: number): number => Math.imul(place, 0x9e3779b1) & 0xffffff;

/**
 * The address that a visit comes from. Days since the epoch; visits must come in order of time. The pool's places are
 * spread over the operator's addresses one to one, for pools up to 2^24.
 */
export const addressAt = (network: Network, device: number, day: number, random: Random): string => {
  const place = scatter(
    placeInPool(network, device, day, random) + (network.addressing === 'line' ? 0 : network.id * 8192),
  );
  const { octet, asn } = network.provider;
  if (!network.v6) return `${octet}.${place >>> 16}.${(place >>> 8) & 255}.${place & 255}`;
  const prefix = `2${(0x600 + (asn % 0x500)).toString(16)}:${octet.toString(16)}${(place >>> 16).toString(16).padStart(2, '0')}`;
  const group = () => (1 + random.below(0xffff)).toString(16);
  return `${prefix}:${(place & 0xffff).toString(16)}:1:${group()}:${group()}:${group()}:${group()}`;
};
