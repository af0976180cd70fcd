import type { CrawlerFinding, CrawlerList, DataSource, NetworkFacts } from '@whorl/engine';
import ipaddr from 'ipaddr.js';
import { type Address, readAddress } from './address.ts';
import { AddressRanges } from './address-ranges.ts';
import { crawlerSnapshots } from './crawler-snapshots.ts';
import { NetworkDataError } from './network-data-error.ts';

/** One operator's published addresses, ready to be asked. A family that it has no addresses of is missing. */
export type LoadedCrawlerList = { source: DataSource; ranges: { 4?: AddressRanges; 6?: AddressRanges } };

type Range = { start: Uint32Array; end: Uint32Array };

const wordsOf = (address: ipaddr.IPv4 | ipaddr.IPv6): Uint32Array =>
  readAddress(address.toString())?.words ?? new Uint32Array();

const compare = (a: Uint32Array, b: Uint32Array): number => {
  const at = a.findIndex((word, index) => word !== b[index]);
  return at === -1 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
};

/** First and last address of a network, or of a single address. */
const rangeOf = (text: string): { family: 4 | 6 } & Range => {
  if (ipaddr.isValidCIDR(text)) {
    const [address, length] = ipaddr.parseCIDR(text);
    const cidr = `${address.toString()}/${length}`;
    return address instanceof ipaddr.IPv4
      ? {
          family: 4,
          start: wordsOf(ipaddr.IPv4.networkAddressFromCIDR(cidr)),
          end: wordsOf(ipaddr.IPv4.broadcastAddressFromCIDR(cidr)),
        }
      : {
          family: 6,
          start: wordsOf(ipaddr.IPv6.networkAddressFromCIDR(cidr)),
          end: wordsOf(ipaddr.IPv6.broadcastAddressFromCIDR(cidr)),
        };
  }
  const address = readAddress(text);
  if (address === undefined) throw new NetworkDataError(`"${text.slice(0, 80)}" is no network`);
  return { family: address.family, start: address.words, end: address.words };
};

/** Ranges in order, those that overlap put together: the search expects each address in one range. */
const merged = (ranges: Range[], width: 1 | 4): AddressRanges | undefined => {
  if (ranges.length === 0) return undefined;
  const whole: Range[] = [];
  for (const { start, end } of ranges.toSorted((a, b) => compare(a.start, b.start))) {
    const last = whole.at(-1);
    if (last === undefined || compare(start, last.end) > 0) whole.push({ start, end });
    else if (compare(end, last.end) > 0) last.end = end;
  }
  const result = new AddressRanges(width, whole.length);
  for (const { start, end } of whole) result.push(start, end, 0);
  return result;
};

/** The networks of a text: JSON as Google, Bing and OpenAI publish it, or plain text with a network or address a word. */
const networksIn = (text: string): string[] => {
  if (!text.trimStart().startsWith('{')) {
    const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
    return lines.flatMap((line) => line.split(/[\s,]+/)).filter((word) => word !== '');
  }
  let parsed: { prefixes?: unknown };
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new NetworkDataError('a list of crawler addresses is neither JSON nor text');
  }
  if (!Array.isArray(parsed.prefixes)) throw new NetworkDataError('a list of crawler addresses has no "prefixes"');
  return parsed.prefixes.flatMap((prefix: { ipv4Prefix?: unknown; ipv6Prefix?: unknown }) =>
    [prefix?.ipv4Prefix, prefix?.ipv6Prefix].filter((network) => typeof network === 'string'),
  );
};

/**
 * Reads what an operator publishes of its bots' addresses.
 *
 * @param builtAt when the text was published, unix milliseconds
 * @throws NetworkDataError for a text that is no such list, or an empty one
 */
export const readCrawlerList = (list: CrawlerList, text: string, builtAt: number): LoadedCrawlerList => {
  const ranges = networksIn(text).map(rangeOf);
  if (ranges.length === 0) throw new NetworkDataError('a list of crawler addresses is empty');
  const [v4, v6] = [4, 6].map((family) => ranges.filter((range) => range.family === family));
  const [four, six] = [merged(v4 ?? [], 1), merged(v6 ?? [], 4)];
  return {
    source: { name: `published addresses of ${list}`, builtAt },
    ranges: { ...(four === undefined ? {} : { 4: four }), ...(six === undefined ? {} : { 6: six }) },
  };
};

/** Published addresses of bots, by operator. A list that is put in again replaces the one before. */
export class CrawlerRanges {
  readonly #lists = new Map<CrawlerList, readonly LoadedCrawlerList[]>();

  /** `parts`: what the operator publishes, in one piece or several. The list is as old as the first of them. */
  put(list: CrawlerList, ...parts: LoadedCrawlerList[]): void {
    this.#lists.set(list, parts);
  }

  /** What each list says of an address; lists without addresses of its family say nothing. */
  find({ family, words }: Pick<Address, 'family' | 'words'>): NonNullable<NetworkFacts['crawlers']> {
    const found: Partial<Record<CrawlerList, CrawlerFinding>> = {};
    for (const [list, parts] of this.#lists) {
      const known = parts.flatMap(({ ranges }) => ranges[family] ?? []);
      const [first] = parts;
      if (first === undefined || known.length === 0) continue;
      found[list] = { source: first.source, listed: known.some((ranges) => ranges.indexOf(words) !== -1) };
    }
    return found;
  }

  sources(): DataSource[] {
    return [...this.#lists.values()].flatMap((parts) => parts.slice(0, 1).map(({ source }) => source));
  }
}

/** The lists that come with the server. */
export const bundledCrawlerRanges = (): CrawlerRanges => {
  const ranges = new CrawlerRanges();
  for (const { list, networks, takenAt } of crawlerSnapshots)
    ranges.put(list, readCrawlerList(list, networks, takenAt));
  return ranges;
};
