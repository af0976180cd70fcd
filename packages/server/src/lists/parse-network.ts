import { readAddress } from '../lookup/address.ts';

/** First and last address of a network, each as words of 32 bits, most significant first: one for IPv4, four for IPv6. */
export type ParsedRange = { family: 4 | 6; start: Uint32Array; end: Uint32Array };

/**
 * No list means so many addresses at once: a shorter prefix is a slip or malice, and with it one row would accuse, or
 * excuse, a large part of the internet.
 */
const SHORTEST_PREFIX = { 4: 8, 6: 16 } as const;

/** Longest text that is looked at, in characters; an IPv6 network has 43 at the most. */
const LONGEST = 64;

const LENGTH = /^\d{1,3}$/;

const DOT = 46;
const ZERO = 48;

/**
 * Four decimals without leading zeros as one number, -1 for any other text. Nearly all rows of lists are such addresses, and
 * reading each as a visitor's would take ten times as long.
 */
const fourDecimals = (text: string): number => {
  let address = 0;
  let part = -1;
  let dots = 0;
  for (let place = 0; place < text.length; place += 1) {
    const code = text.charCodeAt(place);
    if (code === DOT && part >= 0 && dots < 3) {
      address = address * 256 + part;
      part = -1;
      dots += 1;
      continue;
    }
    const digit = code - ZERO;
    if (digit < 0 || digit > 9 || part === 0) return -1;
    part = part < 0 ? digit : part * 10 + digit;
    if (part > 255) return -1;
  }
  return dots === 3 && part >= 0 ? address * 256 + part : -1;
};

/** A single address as words; undefined for anything else. */
export const parseAddress = (text: string): { family: 4 | 6; words: Uint32Array } | undefined => {
  const v4 = fourDecimals(text);
  if (v4 >= 0) return { family: 4, words: Uint32Array.of(v4) };
  return text.length > LONGEST ? undefined : readAddress(text);
};

/** The bits of a word of a network that lie within its prefix. A shift by 32 is one by 0, so the ends are written out. */
const maskOf = (prefix: number, index: number): number => {
  const kept = Math.min(Math.max(prefix - index * 32, 0), 32);
  return kept === 0 ? 0 : (-1 << (32 - kept)) >>> 0;
};

/**
 * Reads `192.0.2.0/24`, `2001:db8::/32` or a single address. Host bits are cleared. Undefined for other texts, and for
 * networks wider than any list means (shorter than /8, in IPv6 /16).
 */
export const parseNetwork = (text: string): ParsedRange | undefined => {
  const slash = text.indexOf('/');
  const address = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (address === undefined) return undefined;
  const { family, words } = address;
  if (slash === -1) return { family, start: words, end: words };
  const length = text.slice(slash + 1);
  const prefix = Number(length);
  if (!LENGTH.test(length) || prefix > words.length * 32 || prefix < SHORTEST_PREFIX[family]) return undefined;
  return {
    family,
    start: words.map((word, index) => word & maskOf(prefix, index)),
    end: words.map((word, index) => word | ~maskOf(prefix, index)),
  };
};

/** A range given by its ends; undefined where they are of two families, in the wrong order, or too far apart. */
export const parseRange = (first: string, last: string): ParsedRange | undefined => {
  const [start, end] = [parseAddress(first), parseAddress(last)];
  if (start === undefined || end === undefined || start.family !== end.family) return undefined;
  const at = start.words.findIndex((word, index) => word !== end.words[index]);
  if (at !== -1 && (start.words[at] ?? 0) > (end.words[at] ?? 0)) return undefined;
  const widest = start.family === 4 ? 2 ** 24 : 2 ** 16;
  if ((end.words[0] ?? 0) - (start.words[0] ?? 0) >= widest) return undefined;
  return { family: start.family, start: start.words, end: end.words };
};
