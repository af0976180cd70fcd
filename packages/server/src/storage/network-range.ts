import ipaddr from 'ipaddr.js';
import { packAddress } from './pack-address.ts';

/** The first and the last address of a network, packed as `packAddress` does. */
export type NetworkRange = { first: Uint8Array; last: Uint8Array };

/**
 * The addresses of a CIDR (RFC 4632, RFC 4291). Host bits may be set and do not count. Of IPv6, a prefix that covers the
 * IPv4-mapped addresses covers IPv4 as well.
 *
 * @throws Error when the text is no CIDR: callers have checked it
 */
export const networkRange = (cidr: string): NetworkRange => {
  const [address, prefix] = ipaddr.parseCIDR(cidr);
  const bits = address.kind() === 'ipv4' ? prefix + 96 : prefix;
  const packed = packAddress(address.toString());
  const mask = packed.map((_, at) => 0xff & (0xff00 >> Math.min(8, Math.max(0, bits - at * 8))));
  return {
    first: packed.map((byte, at) => byte & (mask[at] ?? 0)),
    last: packed.map((byte, at) => byte | (0xff & ~(mask[at] ?? 0))),
  };
};
