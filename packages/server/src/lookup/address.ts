import ipaddr from 'ipaddr.js';

/** An address that was read. */
export type Address = {
  /** Canonical text: IPv6 as in RFC 5952, IPv4-mapped IPv6 as IPv4, no port, no zone id. */
  text: string;
  family: 4 | 6;
  /** Whether it is globally reachable unicast: nothing is known of any other. */
  isPublic: boolean;
  /** The address as unsigned 32-bit words, most significant first: one for IPv4, four for IPv6. */
  words: Uint32Array;
};

/** Takes off what proxies and sockets put round an address: brackets and port, and the zone id of a link-local one. */
const bare = (text: string): string => {
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(text) ?? [];
  const [, beforePort] = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text) ?? [];
  return (bracketed ?? beforePort ?? text).replace(/%.*$/, '');
};

/** Reads dotted decimals; ipaddr.js would also take octal, hexadecimal and shortened forms, which no client address has. */
const FOUR_DECIMALS = /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/;

/**
 * Reads an address as it comes from a socket or from `X-Forwarded-For`: `192.0.2.1`, `192.0.2.1:443`, `2001:db8::1`,
 * `[2001:db8::1]:443`, `fe80::1%eth0`, `::ffff:192.0.2.1`. Anything else is undefined.
 *
 * Public is what ipaddr.js, after the IANA special-purpose registries, calls unicast. Tunnelled forms (6to4, Teredo,
 * NAT64) are not: their place in IPv6 says nothing of where the client is.
 */
export const readAddress = (text: string): Address | undefined => {
  const plain = bare(text.trim());
  if (!plain.includes(':') && !FOUR_DECIMALS.test(plain)) return undefined;
  if (!ipaddr.isValid(plain)) return undefined;
  const address = ipaddr.process(plain);
  const isPublic = address.range() === 'unicast';
  const bytes = address.toByteArray();
  const words = new Uint32Array(bytes.length / 4);
  bytes.forEach((byte, index) => {
    words[index >> 2] = ((words[index >> 2] ?? 0) << 8) | byte;
  });
  return { text: address.toString(), family: words.length === 1 ? 4 : 6, isPublic, words };
};
