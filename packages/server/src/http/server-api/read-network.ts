import ipaddr from 'ipaddr.js';

/** A CIDR's parts. Anything before the slash that is no address is refused by the parser that it goes to. */
const CIDR = /^([0-9a-fA-F.:]{2,45})\/(\d{1,3})$/;

/**
 * The network that a CIDR (RFC 4632, RFC 4291) names, as canonical text; bits of the host that it has set do not count.
 * Undefined when the text is no CIDR. Only dotted IPv4 is read: `010.1` means different networks to different readers.
 *
 * @param text such as `203.0.113.77/24`, which names `203.0.113.0/24`
 */
export const readNetwork = (text: string): string | undefined => {
  const [, address = '', bits = ''] = CIDR.exec(text) ?? [];
  const isV4 = ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!isV4 && !(address.includes(':') && ipaddr.IPv6.isValid(address))) return undefined;
  if (Number(bits) > (isV4 ? 32 : 128)) return undefined;
  const kind = isV4 ? ipaddr.IPv4 : ipaddr.IPv6;
  return `${kind.networkAddressFromCIDR(text).toString()}/${Number(bits)}`;
};
