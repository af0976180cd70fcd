import ipaddr from 'ipaddr.js';

/** Addresses with the same first `bits` bits; the other bits are zero. Four bytes are IPv4, sixteen IPv6. */
export type Network = { bytes: readonly number[]; bits: number };

/** Dotted decimals; ipaddr.js would also take octal, hexadecimal and shortened forms, and takes ten times as long. */
const FOUR_DECIMALS = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/;

/** An IPv6 address that ends in an IPv4 one, written out in full, and a length: nothing longer is a network. */
const LONGEST = '0000:0000:0000:0000:0000:ffff:255.255.255.255/128'.length;

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

const withoutHost = ({ bytes, bits }: Network): Network => ({
  bytes: bytes.map((byte, at) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - at * 8)))),
  bits,
});

/**
 * The network of a CIDR (RFC 4632, RFC 4291) such as `203.0.113.0/24`, whose host bits may be set and do not count, or of
 * one address alone; undefined when the text is neither. Only dotted decimals are IPv4: `010.1` means different networks to
 * different readers.
 *
 * The families lie apart: `::/0` is all of IPv6 and nothing of IPv4. Only a network within `::ffff:0:0/96`, where IPv4 lies
 * when it is mapped, is one of IPv4.
 */
export const readNetwork = (text: string): Network | undefined => {
  // Tags may be of any length, and are not to be searched for an address.
  if (text.length > LONGEST) return undefined;
  const [, base = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bytes = bytesOf(base);
  if (bytes === undefined) return undefined;
  const longest = bytes.length * 8;
  const bits = length === undefined ? longest : Number(length);
  return bits > longest ? undefined : withoutHost(unmapped({ bytes, bits }));
};

/** The network of a text, see {@link readNetwork}, in the one spelling that it has: `203.0.113.0/24`. */
export const canonicalNetwork = (text: string): string | undefined => {
  const network = readNetwork(text);
  return network && `${ipaddr.fromByteArray([...network.bytes]).toString()}/${network.bits}`;
};
