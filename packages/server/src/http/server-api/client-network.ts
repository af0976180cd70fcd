import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Bits of an IPv6 address that name a network: what one customer gets, who may use any address in it. RFC 6177. */
const CUSTOMER_BITS = 64;

/**
 * What limits per address count by: an IPv4 address itself, an IPv6 address by its /64 network. An IPv4 address that
 * is mapped into IPv6 counts as itself, by whichever socket it came.
 */
export const clientNetwork = (address: string): string => {
  if (isIP(address) === 0) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const bytes = parsed.toByteArray().fill(0, CUSTOMER_BITS / 8);
  return `${ipaddr.fromByteArray(bytes).toString()}/${CUSTOMER_BITS}`;
};
