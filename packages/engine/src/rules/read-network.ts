import ipaddr from 'ipaddr.js';

/** Addresses with the same first `bits` bits. */
export type Network = { address: ipaddr.IPv4 | ipaddr.IPv6; bits: number };

const FOUR_DECIMALS = /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/;

/** The address of a text, or undefined. ipaddr.js alone would also take octal, hexadecimal and shortened forms. */
const readAddress = (text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined =>
  (FOUR_DECIMALS.test(text) || text.includes(':')) && !text.includes('%') && ipaddr.isValid(text)
    ? ipaddr.parse(text)
    : undefined;

/** IPv4 that was mapped into IPv6 (RFC 4291, 2.5.5.2) as IPv4. */
const unmapped = ({ address, bits }: Network): Network =>
  address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() && bits >= 96
    ? { address: address.toIPv4Address(), bits: bits - 96 }
    : { address, bits };

/**
 * The network of a CIDR (RFC 4632) such as `203.0.113.0/24`, whose host bits may be set, or of one address alone; undefined
 * when the text is neither.
 */
export const readNetwork = (text: string): Network | undefined => {
  const [, base, length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const address = base === undefined ? undefined : readAddress(base);
  if (address === undefined) return undefined;
  const longest = address instanceof ipaddr.IPv4 ? 32 : 128;
  const bits = length === undefined ? longest : Number(length);
  return bits > longest ? undefined : unmapped({ address, bits });
};

/** Whether an address lies in a network. Texts that are no address and no network lie nowhere. */
export const isInNetwork = (address: string, network: string): boolean => {
  const [one, all] = [readNetwork(address), readNetwork(network)];
  if (one === undefined || all === undefined || one.address.kind() !== all.address.kind()) return false;
  return one.address.match(all.address as ipaddr.IPv4 & ipaddr.IPv6, all.bits);
};
