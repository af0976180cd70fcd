import { AddressRanges } from '../lookup/address-ranges.ts';

/** The address after this one. The last address of all has none; it wraps, which no caller needs. */
const next = (address: Uint32Array): Uint32Array => {
  const moved = address.slice();
  for (let word = moved.length - 1; word >= 0; word -= 1) {
    moved[word] = (moved[word] ?? 0) + 1;
    if (moved[word] !== 0) break;
  }
  return moved;
};

const compare = (a: Uint32Array, b: Uint32Array): number => {
  for (let word = 0; word < a.length; word += 1) {
    const difference = (a[word] ?? 0) - (b[word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** Rows between two places at which the work can be put aside: less than a millisecond. */
const STRIDE = 512;

type Piece = { start: Uint32Array; end: Uint32Array; value: number };

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

  /** The intervals, as work that can be put aside; undefined where no range was added. */
  *build(): Generator<void, AddressRanges | undefined> {
    if (this.#values.length === 0) return undefined;
    const order = yield* this.#sorted();
    const ranges = new AddressRanges(this.#width, order.length);
    let last = this.#pieceAt(order[0] ?? 0);
    for (let index = 1; index < order.length; index += 1) {
      if (index % STRIDE === 0) yield;
      const piece = this.#pieceAt(order[index] ?? 0);
      if (compare(piece.end, last.end) <= 0) continue;
      const isApart = compare(piece.start, last.end) > 0;
      if (!isApart && last.value === piece.value) {
        last.end = piece.end;
        continue;
      }
      ranges.push(last.start, last.end, last.value);
      last = isApart ? piece : { ...piece, start: next(last.end) };
    }
    ranges.push(last.start, last.end, last.value);
    return ranges;
  }

  #pieceAt(row: number): Piece {
    const start = new Uint32Array(this.#width);
    const end = new Uint32Array(this.#width);
    for (let word = 0; word < this.#width; word += 1) {
      start[word] = this.#starts[row * this.#width + word] ?? 0;
      end[word] = this.#ends[row * this.#width + word] ?? 0;
    }
    return { start, end, value: this.#values[row] ?? 0 };
  }

  #compareAt(words: readonly number[], a: number, b: number): number {
    for (let word = 0; word < this.#width; word += 1) {
      const difference = (words[a * this.#width + word] ?? 0) - (words[b * this.#width + word] ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #order = (a: number, b: number): number =>
    this.#compareAt(this.#starts, a, b) ||
    this.#compareAt(this.#ends, b, a) ||
    (this.#values[b] ?? 0) - (this.#values[a] ?? 0);

  /** The rows in order: short runs are sorted, then merged two by two. One sort of all could not be put aside. */
  *#sorted(): Generator<void, Uint32Array> {
    const count = this.#values.length;
    let order = new Uint32Array(count);
    let merged = new Uint32Array(count);
    for (let row = 0; row < count; row += 1) order[row] = row;
    for (let from = 0; from < count; from += STRIDE) {
      order.subarray(from, from + STRIDE).sort(this.#order);
      yield;
    }
    for (let width = STRIDE; width < count; width *= 2) {
      for (let from = 0; from < count; from += 2 * width) {
        yield* this.#mergeRuns(order, merged, from, Math.min(from + width, count), Math.min(from + 2 * width, count));
      }
      [order, merged] = [merged, order];
    }
    return order;
  }

  /** Puts two runs of rows, from `from` to `middle` and on to `end`, in order into `into`, at the same places. */
  *#mergeRuns(rows: Uint32Array, into: Uint32Array, from: number, middle: number, end: number): Generator<void> {
    let left = from;
    let right = middle;
    for (let at = from; at < end; at += 1) {
      const [a, b] = [rows[left] ?? 0, rows[right] ?? 0];
      const isLeft = left < middle && (right >= end || this.#order(a, b) <= 0);
      into[at] = isLeft ? a : b;
      if (isLeft) left += 1;
      else right += 1;
      if (at % STRIDE === 0) yield;
    }
  }
}
