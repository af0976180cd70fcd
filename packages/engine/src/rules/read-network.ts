import ipaddr from 'ipaddr.js';

/** Addresses with the same first `bits` bits. Four bytes are IPv4, sixteen IPv6. */
export type Network = { bytes: readonly number[]; bits: number };

/** Dotted decimals; ipaddr.js would also take octal, hexadecimal and shortened forms, and takes ten times as long. */
const FOUR_DECIMALS = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

/** Where IPv4 lies in IPv6 when it is mapped (RFC 4291, 2.5.5.2). */
const MAPPED = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff];

const bytesOf = (text: string): number[] | undefined => {
  const decimals = FOUR_DECIMALS.exec(text)?.slice(1).map(Number);
  if (decimals !== undefined) return decimals.every((byte) => byte <= 255) ? decimals : undefined;
  const isPlain = text.includes(':') && !text.includes('%');
  return isPlain && ipaddr.IPv6.isValid(text) ? ipaddr.IPv6.parse(text).toByteArray() : undefined;
};

const unmapped = ({ bytes, bits }: Network): Network =>
  bytes.length === 16 && bits >= 96 && MAPPED.every((byte, at) => bytes[at] === byte)
    ? { bytes: bytes.slice(12), bits: bits - 96 }
    : { bytes, bits };

/**
 * The network of a CIDR (RFC 4632) such as `203.0.113.0/24`, whose host bits may be set, or of one address alone; undefined
 * when the text is neither. IPv4 that was mapped into IPv6 is IPv4.
 */
export const readNetwork = (text: string): Network | undefined => {
  const [, base = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bytes = bytesOf(base);
  if (bytes === undefined) return undefined;
  const longest = bytes.length * 8;
  const bits = length === undefined ? longest : Number(length);
  return bits > longest ? undefined : unmapped({ bytes, bits });
};

const holds = (network: Network, address: Network): boolean => {
  if (network.bytes.length !== address.bytes.length || network.bits > address.bits) return false;
  const whole = network.bits >> 3;
  for (let at = 0; at < whole; at += 1) if (network.bytes[at] !== address.bytes[at]) return false;
  const rest = 8 - (network.bits & 7);
  return rest === 8 || (network.bytes[whole] ?? 0) >> rest === (address.bytes[whole] ?? 0) >> rest;
};

/** Whether an address lies in one of some networks. Texts that are no address and no network lie nowhere. */
export const isInNetworks = (text: string, networks: readonly string[]): boolean => {
  const address = readNetwork(text);
  if (address === undefined) return false;
  return networks.some((each) => {
    const network = readNetwork(each);
    return network !== undefined && holds(network, address);
  });
};
