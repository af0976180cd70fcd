import { AddressRanges } from '../lookup/address-ranges.ts';

/** The address after this one. The last address of all has none; it wraps, which no caller needs. */
const next = (address: readonly number[]): number[] => {
  const moved = [...address];
  for (let word = moved.length - 1; word >= 0; word -= 1) {
    moved[word] = ((moved[word] ?? 0) + 1) >>> 0;
    if (moved[word] !== 0) break;
  }
  return moved;
};

const compare = (a: readonly number[], b: readonly number[]): number => {
  for (let word = 0; word < a.length; word += 1) {
    const difference = (a[word] ?? 0) - (b[word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

type Piece = { start: number[]; end: number[]; value: number };

/**
 * Takes ranges in any order, overlapping or not, and makes of them the sorted intervals that are searched: each address
 * lies in one of them at the most. Ranges of one value that overlap become one. Where values differ, the range that starts
 * first keeps what both hold, of two that start together the longer one, and of two alike the one with the higher value.
 */
export class RangeBuilder {
  readonly #width: 1 | 4;
  // Flat numbers rather than an object for each row: lists have tens of thousands.
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #values: number[] = [];

  /** `width`: words of an address, 1 for IPv4 and 4 for IPv6. */
  constructor(width: 1 | 4) {
    this.#width = width;
  }

  /** Adds the addresses from `start` to `end`, inclusive. `value`: a whole number below 2^32. */
  add(start: Uint32Array, end: Uint32Array, value: number): void {
    for (let word = 0; word < this.#width; word += 1) {
      this.#starts.push(start[word] ?? 0);
      this.#ends.push(end[word] ?? 0);
    }
    this.#values.push(value);
  }

  /** The intervals; undefined where no range was added. */
  build(): AddressRanges | undefined {
    if (this.#values.length === 0) return undefined;
    const pieces = this.#merged();
    const ranges = new AddressRanges(this.#width, pieces.length);
    for (const { start, end, value } of pieces) ranges.push(Uint32Array.from(start), Uint32Array.from(end), value);
    return ranges;
  }

  #compareAt(words: readonly number[], a: number, b: number): number {
    for (let word = 0; word < this.#width; word += 1) {
      const difference = (words[a * this.#width + word] ?? 0) - (words[b * this.#width + word] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #sorted(): Uint32Array {
    const order = Uint32Array.from(this.#values.keys());
    return order.sort(
      (a, b) =>
        this.#compareAt(this.#starts, a, b) ||
        this.#compareAt(this.#ends, b, a) ||
        (this.#values[b] ?? 0) - (this.#values[a] ?? 0),
    );
  }

  #merged(): Piece[] {
    const pieces: Piece[] = [];
    for (const row of this.#sorted()) {
      const from = row * this.#width;
      const start = this.#starts.slice(from, from + this.#width);
      const end = this.#ends.slice(from, from + this.#width);
      const value = this.#values[row] ?? 0;
      const last = pieces.at(-1);
      if (last === undefined || compare(start, last.end) > 0) pieces.push({ start, end, value });
      else if (compare(end, last.end) > 0) {
        if (last.value === value) last.end = end;
        else pieces.push({ start: next(last.end), end, value });
      }
    }
    return pieces;
  }
}
