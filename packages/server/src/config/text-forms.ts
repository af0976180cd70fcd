import { isIP } from 'node:net';
import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import type { Parsed, TextForm } from './setting.ts';

const fault = (problem: string, mend: string): Parsed<never> => ({ ok: false, problem, mend });

/** A TCP port. */
export const port: TextForm<number> = {
  form: '0 to 65535; 0 takes any free port',
  parse: (text) =>
    /^\d{1,5}$/.test(text) && Number(text) <= 65_535
      ? { ok: true, value: Number(text) }
      : fault('not a port number', 'give a whole number from 0 to 65535'),
};

/** An address or name of this machine to listen on. */
export const host: TextForm<string> = {
  form: 'an IP address or host name of this machine',
  parse: (text) =>
    isIP(text) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/.test(text)
      ? { ok: true, value: text }
      : fault('not an address', 'give an IP address without port or brackets, such as 127.0.0.1, 0.0.0.0 or ::'),
};

/** A name that clients call a host by, as in a URL: with a port where it is not the usual one. */
const HOST_NAME = /^(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/** Names that this server is called by, in the form in which URLs have them. */
export const hostNames: TextForm<string[]> = {
  form: 'host names with commas between, such as `fp.shop.example`, each with its port where that is not 443 or 80',
  parse: (text) => {
    const names = text.split(',').map((name) => name.trim());
    const wrong = names.find((name) => !HOST_NAME.test(name) || !URL.canParse(`https://${name}`));
    return wrong === undefined
      ? { ok: true, value: names.map((name) => new URL(`https://${name}`).host) }
      : fault(
          `"${wrong}" is no host name`,
          'give names as they stand in addresses, without scheme, path or wildcard, such as fp.shop.example',
        );
  },
};

/** Name of a request header, in lower case (RFC 9110, 5.1; letters, digits and hyphens are enough for any that is chosen). */
export const headerName: TextForm<string> = {
  form: 'the name of a header, such as `x-ja4`',
  parse: (text) =>
    /^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(text)
      ? { ok: true, value: text.toLowerCase() }
      : fault('no name of a header', 'give up to 64 letters, digits and hyphens, a letter first'),
};

/** A path, made absolute from the working directory. */
export const path: TextForm<string> = {
  form: 'a path, relative to the working directory or absolute',
  parse: (text) =>
    text.includes('\0')
      ? fault('not a path: it holds a null character', 'give a plain path')
      : { ok: true, value: resolve(text) },
};

/** Several paths, made absolute from the working directory. */
export const paths: TextForm<string[]> = {
  form: 'paths with commas between, relative to the working directory or absolute',
  parse: (text) => {
    const items = text.split(',').map((item) => item.trim());
    if (text.includes('\0')) return fault('not a path: it holds a null character', 'give plain paths');
    return items.includes('')
      ? fault('there is nothing between two commas', 'give paths with one comma between')
      : { ok: true, value: [...new Set(items.map((item) => resolve(item)))] };
  },
};

/** One of some words. */
export const word = <const W extends string>(...words: W[]): TextForm<W> => ({
  form: words.map((each) => `\`${each}\``).join(', '),
  parse: (text) => {
    const value = words.find((each) => each === text);
    return value === undefined
      ? fault('not one of the known words', `give one of ${words.join(', ')}`)
      : { ok: true, value };
  },
});

/** `on` or `off`. */
export const onOff: TextForm<boolean> = {
  form: '`on`, `off`',
  parse: (text) =>
    text === 'on' || text === 'off'
      ? { ok: true, value: text === 'on' }
      : fault('neither on nor off', 'give on or off'),
};

/** A key chosen by the operator, of at least so many characters. `made`: how one is made that nobody guesses. */
const keyOf = (least: number, made = ''): TextForm<string> => ({
  form: `${least} to 128 characters of \`A-Z a-z 0-9 _ -\``,
  parse: (text) =>
    /^[A-Za-z0-9_-]{1,128}$/.test(text) && text.length >= least
      ? { ok: true, value: text }
      : fault('not a possible key', `give ${least} to 128 characters, each of A-Z, a-z, 0-9, _ or -${made}`),
});

/** A key that stands in every page: it opens nothing that a page may not. */
export const publicKey = keyOf(8);

const AT_RANDOM = '; `openssl rand -hex 16` makes one';

/** A key that opens the events of one workspace. */
export const secretKey = keyOf(16, AT_RANDOM);

/** A key that opens everything: long enough that trying is hopeless, however fast. */
export const serverKey = keyOf(20, AT_RANDOM);

const networksByWord: Partial<Record<string, string[]>> = {
  loopback: ['127.0.0.0/8', '::1/128'],
  private: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', 'fc00::/7', 'fe80::/10'],
};

/** The network that a CIDR or a single address names, host bits cleared; undefined when it names none. */
const networkOf = (text: string): string | undefined => {
  const [address = '', length, ...rest] = text.split('/');
  // net.isIP first: ipaddr.js also reads octal and shortened forms, which in a list of trusted hosts can only be mistakes.
  const bits = isIP(address) === 4 ? 32 : 128;
  if (isIP(address) === 0 || rest.length > 0) return undefined;
  if (length !== undefined && !(/^\d{1,3}$/.test(length) && Number(length) <= bits)) return undefined;
  const cidr = `${address}/${length ?? bits}`;
  const network = bits === 32 ? ipaddr.IPv4.networkAddressFromCIDR(cidr) : ipaddr.IPv6.networkAddressFromCIDR(cidr);
  return `${network.toString()}/${length ?? bits}`;
};

/**
 * Addresses of proxies whose `X-Forwarded-For` is believed, as a list of CIDRs. A list that covers every address is
 * refused: with it, anyone could claim to come from anywhere.
 */
export const proxyList: TextForm<string[]> = {
  form: 'addresses and CIDRs with commas between; `loopback` and `private` stand for those ranges',
  parse: (text) => {
    const items = text.split(',').map((item) => item.trim());
    const networks: string[] = [];
    for (const item of items) {
      const one = networkOf(item);
      const found = networksByWord[item] ?? (one === undefined ? undefined : [one]);
      if (found === undefined) {
        return fault(
          `"${item}" is neither an address, a CIDR, loopback nor private`,
          'list the addresses of your own proxies, such as 10.0.0.5 or 10.0.0.0/24, with commas between',
        );
      }
      networks.push(...found);
    }
    return networks.some((network) => network.endsWith('/0'))
      ? fault('it trusts every address, so any client could claim to be at any other', 'list only your own proxies')
      : { ok: true, value: networks };
  },
};

/** A whole number within bounds. */
export const wholeNumber = (least: number, most: number, unit: string): TextForm<number> => ({
  form: `${least} to ${most} ${unit}`,
  parse: (text) =>
    /^\d{1,15}$/.test(text) && Number(text) >= least && Number(text) <= most
      ? { ok: true, value: Number(text) }
      : fault('not a whole number within the bounds', `give a whole number from ${least} to ${most}`),
});

/** A key of 32 bytes, written in base64. */
export const base64Key: TextForm<string> = {
  form: '32 bytes in base64, as `openssl rand -base64 32` prints them',
  parse: (text) =>
    /^[A-Za-z0-9+/]{43}=$/.test(text)
      ? { ok: true, value: Buffer.from(text, 'base64').toString('base64') }
      : fault('not 32 bytes in base64', 'make one with `openssl rand -base64 32`'),
};

/** Where a PostgreSQL database is. */
export const postgresUrl: TextForm<string> = {
  form: '`postgres://user:password@host:port/database`',
  parse: (text) =>
    /^postgres(ql)?:\/\//.test(text) && URL.canParse(text)
      ? { ok: true, value: text }
      : fault('not the address of a PostgreSQL database', 'give postgres://user:password@host:port/database'),
};
