import { AddressRanges } from './address-ranges.ts';

const COMMA = 0x2c;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const ZERO = 0x30;
const QUOTE = 0x22;
const WORD = 2 ** 32;

/** A CSV field without its quotes. */
const unquoted = (bytes: Buffer, from: number, to: number): string =>
  bytes[from] === QUOTE
    ? bytes.toString('utf8', from + 1, to - 1).replaceAll('""', '"')
    : bytes.toString('utf8', from, to);

/** Digits are added six at a time: any word times a million, plus a million, is still an exact number. */
const CHUNK = 1e6;

/** Multiplies the number in `words`, most significant first, by `factor` and adds `addend`. Throws when it overflows. */
const multiplyAdd = (words: Uint32Array, factor: number, addend: number): void => {
  let carry = addend;
  for (let word = words.length - 1; word >= 0; word -= 1) {
    const product = (words[word] ?? 0) * factor + carry;
    words[word] = product;
    carry = Math.floor(product / WORD);
  }
  if (carry > 0) throw new RangeError(`a number beyond ${words.length * 32} bits`);
};

/** Reads decimal digits up to a comma into `words`, most significant first; returns the place after the comma. */
const readDecimal = (bytes: Buffer, from: number, words: Uint32Array): number => {
  words.fill(0);
  let chunk = 0;
  let factor = 1;
  let at = from;
  for (; at < bytes.length && bytes[at] !== COMMA; at += 1) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) throw new SyntaxError(`no digit at byte ${at}`);
    chunk = chunk * 10 + digit;
    factor *= 10;
    if (factor === CHUNK) {
      multiplyAdd(words, factor, chunk);
      chunk = 0;
      factor = 1;
    }
  }
  multiplyAdd(words, factor, chunk);
  return at + 1;
};

/**
 * Reads a file of rows `start,end,as number,name`, the addresses as decimal numbers, inclusive, in ascending order: the
 * `-num.csv` form of `@ip-location-db/asn`. Names are added to `names` by their AS number.
 *
 * Scanned as bytes and not as strings, since half a million rows are read at every start. Throws for a malformed file.
 */
export const readAsnCsv = (bytes: Buffer, width: 1 | 4, names: Map<number, string>): AddressRanges => {
  let rows = 1;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) rows += 1;
  const ranges = new AddressRanges(width, rows);
  const start = new Uint32Array(width);
  const end = new Uint32Array(width);
  const number = new Uint32Array(1);
  for (let at = 0; at < bytes.length; ) {
    const newline = bytes.indexOf(NEWLINE, at);
    const next = newline === -1 ? bytes.length : newline;
    const lineEnd = bytes[next - 1] === RETURN ? next - 1 : next;
    if (lineEnd > at) {
      const nameAt = readDecimal(bytes, readDecimal(bytes, readDecimal(bytes, at, start), end), number);
      const asn = number[0] ?? 0;
      ranges.push(start, end, asn);
      if (!names.has(asn)) names.set(asn, unquoted(bytes, nameAt, lineEnd));
    }
    at = next + 1;
  }
  return ranges;
};
