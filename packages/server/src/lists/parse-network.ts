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

/** A single address as words; undefined for anything else. */
export const parseAddress = (text: string): { family: 4 | 6; words: Uint32Array } | undefined =>
  text.length > LONGEST ? undefined : readAddress(text);

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
