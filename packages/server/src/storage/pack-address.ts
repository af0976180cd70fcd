import ipaddr from 'ipaddr.js';

const NO_ADDRESS = new Uint8Array(16);

/**
 * An address as 16 bytes, IPv4 mapped into IPv6 (RFC 4291, 2.5.5.2), so that a CIDR is one range of an index. A text that
 * is no address becomes `::`, which no visitor has.
 */
export const packAddress = (text: string): Uint8Array => {
  if (!ipaddr.isValid(text)) return NO_ADDRESS;
  const address = ipaddr.parse(text);
  const wide = address instanceof ipaddr.IPv4 ? address.toIPv4MappedAddress() : address;
  return Uint8Array.from(wide.toByteArray());
};
