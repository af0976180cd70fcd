import type { ListRows } from './list-rows.ts';
import { type ParsedRange, parseAddress, parseNetwork, parseRange } from './parse-network.ts';

/** What became of a line: a row of the list, nothing to read (blank, comment, heading), or no such row. */
export type LineOutcome = 'row' | 'nothing' | 'bad';

/** Reads one line, without its end, into the rows. */
export type LineReader = (line: string, rows: ListRows) => LineOutcome;

/** Text up to a comment, which `#` and `;` begin. */
const withoutComment = (line: string): string => line.replace(/[#;].*$/s, '').trim();

/** A network or an address, and whatever stands behind it in the line. */
export const readNetworkLine: LineReader = (line, rows) => {
  const text = withoutComment(line);
  if (text === '') return 'nothing';
  const network = parseNetwork(text.split(/[\s,]/, 1)[0] ?? '');
  return network === undefined ? 'bad' : rows.add(network);
};

/** The address of a row that has one and no network; `/32` and `/128` say the same. */
const singleAddress = (text: string): ParsedRange | undefined => {
  const network = parseNetwork(text);
  return network?.start.every((word, index) => word === network.end[index]) === true ? network : undefined;
};

/** An address, and whatever stands behind it in the line. A network here is a slip or malice: the list is of machines. */
const addresses: LineReader = (line, rows) => {
  const text = withoutComment(line);
  if (text === '') return 'nothing';
  const address = singleAddress(text.split(/[\s,]/, 1)[0] ?? '');
  return address === undefined ? 'bad' : rows.add(address);
};

/** `AS64496`, or the number alone, and a remark. */
const asns: LineReader = (line, rows) => {
  const text = withoutComment(line);
  if (text === '') return 'nothing';
  const [, digits] = /^(?:AS)?(\d{1,10})(?:[\s,]|$)/i.exec(text) ?? [];
  const asn = Number(digits);
  return asn >= 1 && asn < 2 ** 32 ? rows.addAsn(asn) : 'bad';
};

/** Relay's fingerprint, exit's address, port; no networks. The first line names the columns. */
const torExits: LineReader = (line, rows) => {
  if (line.trim() === '' || /^\s*fingerprint\s*,/i.test(line)) return 'nothing';
  const [fingerprint = '', address = ''] = line.split(',').map((cell) => cell.trim());
  const exit = /^[0-9A-F]{40}$/i.test(fingerprint) ? singleAddress(address) : undefined;
  return exit === undefined ? 'bad' : rows.add(exit);
};

const QUOTED = /^([^",]*),([^",]*),(?:"((?:[^"]|"")*)"|([^",]*))(?:,.*)?$/s;

/** First address, last address, name of the provider (in quotes where it has a comma), and its page. */
const namedRanges: LineReader = (line, rows) => {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return 'nothing';
  const [, first = '', last = '', quoted, plain] = QUOTED.exec(text) ?? [];
  const range = parseRange(first.trim(), last.trim());
  if (range === undefined) return 'bad';
  return rows.addNamed(range, (quoted?.replaceAll('""', '"') ?? plain ?? '').trim());
};

/** What stands behind the separators begins with none of them: otherwise a line of commas could be cut in any place, and each would be tried. */
const PROXY =
  /^(?:[a-z0-9]{1,16}:\/\/)?(?:[^@\s]*@)?(\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:[\s,]+([^\s,]\S*))?$/i;

/** Seconds since 1970, or a time as in RFC 3339, as whole seconds; undefined where a text is neither. */
const secondsOf = (text: string): number | undefined => {
  const time = /^\d{9,10}$/.test(text) ? Number(text) : Math.floor(Date.parse(text) / 1_000);
  return time > 0 && time < 2 ** 32 && (/^\d+$/.test(text) || /^\d{4}-\d{2}-\d{2}T/.test(text)) ? time : undefined;
};

/** `http://192.0.2.1:8080`, the scheme and the port as may be, then when it was last seen, where that is known. */
const proxies: LineReader = (line, rows) => {
  const text = withoutComment(line);
  if (text === '') return 'nothing';
  const [, host = '', seen] = PROXY.exec(text) ?? [];
  const address = parseAddress(host);
  const seconds = seen === undefined ? 0 : secondsOf(seen);
  if (address === undefined || seconds === undefined) return 'bad';
  return rows.add({ family: address.family, start: address.words, end: address.words }, seconds);
};

/** Formats that are read line by line. */
export const lineReaders = {
  networks: readNetworkLine,
  addresses,
  asns,
  'tor-exits': torExits,
  'named-ranges': namedRanges,
  proxies,
} as const;

/** Formats that lists come in; `crawler` is JSON or lines of networks, whichever the text begins as. */
export const listFormats = [
  'networks',
  'addresses',
  'asns',
  'tor-exits',
  'named-ranges',
  'proxies',
  'json',
  'crawler',
] as const;

export type ListFormat = (typeof listFormats)[number];
