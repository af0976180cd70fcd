import ipaddr from 'ipaddr.js';

/** An address, as 32-bit words, as the text of the network of its first `prefix` bits: `192.0.2.0/24`. */
export const networkText = (address: Uint32Array, prefix: number): string => {
  const bytes: number[] = [];
  address.forEach((word, index) => {
    const kept = Math.min(Math.max(prefix - index * 32, 0), 32);
    // A shift by 32 is a shift by 0 in JavaScript: a mask of no bits has to be written out.
    const network = kept === 0 ? 0 : word & (-1 << (32 - kept));
    bytes.push(network >>> 24, (network >>> 16) & 0xff, (network >>> 8) & 0xff, network & 0xff);
  });
  return `${ipaddr.fromByteArray(bytes).toString()}/${prefix}`;
};
