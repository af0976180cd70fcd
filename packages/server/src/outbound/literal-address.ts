import { isIP } from 'node:net';

/** The host of an address as an IP address, or undefined where it is a name. Odd spellings, as `0x7f.1`, are addresses to the URL parser. */
export const literalAddress = ({ hostname }: URL): string | undefined => {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(bare) === 0 ? undefined : bare;
};
