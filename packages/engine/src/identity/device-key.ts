import ipaddr from 'ipaddr.js';
import type { Features } from './features.ts';
import { hashText, joinHashes } from './hash-text.ts';

/** Part of the keys of devices. Stored: never renumber. */
const DEVICE = 10;

/** Bits of an IPv6 address that name a home's network; the others change by the day (RFC 8981). */
const NETWORK_BITS = 64;

/** The network that a device is behind: an IPv4 address itself, the /64 of an IPv6 address; undefined for other texts. */
export const networkOf = (address: string): string | undefined => {
  if (!ipaddr.isValid(address)) return undefined;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const bytes = parsed.toByteArray().fill(0, NETWORK_BITS / 8);
  return `${ipaddr.fromByteArray(bytes).toString()}/${NETWORK_BITS}`;
};

/**
 * The key under which all browsers of one device are found: its system and the network it is behind. It holds nothing
 * that one browser tells otherwise than another. Crowds share it, so it proposes whom to compare and proves nothing; it
 * takes no part in recognising a visitor. Null where either is not known, as behind a private address.
 */
export const deviceKey = ({ os, address }: Features): number | null => {
  const network = address === undefined ? undefined : networkOf(address);
  return os === undefined || network === undefined ? null : joinHashes(DEVICE, hashText(os), hashText(network));
};
