import ipaddr from 'ipaddr.js';

/** The only part of IPv6 that is assigned for global unicast (RFC 4291, section 2.4). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** The well-known prefix under which NAT64 gateways embed IPv4 addresses (RFC 6052, section 2.1). */
const NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** Looks public and is not: where Azure answers its virtual machines, their identity included. */
const AZURE_PLATFORM = '168.63.129.16';

const isPublicIPv4 = (address: ipaddr.IPv4): boolean =>
  address.range() === 'unicast' && address.toString() !== AZURE_PLATFORM;

/**
 * Whether an address lies on the public internet, so that whoever sets up a webhook, or keeps a list that is fetched,
 * cannot reach into the network that the server stands in: not private, loopback, link-local (where clouds keep their metadata), carrier-grade NAT,
 * multicast, reserved or documentation (IANA special-purpose registries, RFC 6890). IPv4 inside IPv6, mapped or by NAT64,
 * is judged as IPv4; addresses of tunnels (6to4, Teredo) are refused, for they can carry any.
 *
 * @param text an address as the resolver gives it; anything that is none is not reachable
 */
export const isReachableAddress = (text: string): boolean => {
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return isPublicIPv4(address);
  if (address.match(NAT64)) return isPublicIPv4(new ipaddr.IPv4(address.toByteArray().slice(12)));
  return address.range() === 'unicast' && address.match(GLOBAL_UNICAST);
};
