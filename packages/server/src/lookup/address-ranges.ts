import { networkText } from './network-text.ts';

/** Compares two addresses of `width` words that begin at `a[i]` and `b[j]`; the sign is that of a - b. */
const compare = (a: Uint32Array, i: number, b: Uint32Array, j: number, width: number): number => {
  for (let word = 0; word < width; word += 1) {
    const difference = (a[i + word] ?? 0) - (b[j + word] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** How many leading bits two addresses share. */
const sharedBits = (a: Uint32Array, b: Uint32Array): number => {
  for (let word = 0; word < a.length; word += 1) {
    const difference = (a[word] ?? 0) ^ (b[word] ?? 0);
    if (difference !== 0) return word * 32 + Math.clz32(difference);
  }
  return a.length * 32;
};

/** The address one before (`step` -1) or after (1); undefined beyond the ends of the address space. */
const neighbour = (address: Uint32Array, step: 1 | -1): Uint32Array | undefined => {
  const moved = address.slice();
  for (let word = moved.length - 1; word >= 0; word -= 1) {
    const before = moved[word] ?? 0;
    moved[word] = before + step;
    // The carry goes on only where the word wrapped round.
    if (before !== (step === 1 ? 0xffff_ffff : 0)) return moved;
  }
  return undefined;
};

/** Inclusive address ranges in ascending order of their starts, each with a number. */
export class AddressRanges {
  readonly #width: 1 | 4;
  readonly #starts: Uint32Array;
  readonly #ends: Uint32Array;
  readonly #values: Uint32Array;
  #length = 0;

  /** `width`: words of an address, 1 for IPv4 and 4 for IPv6. `capacity`: the most ranges there will be. */
  constructor(width: 1 | 4, capacity: number) {
    this.#width = width;
    this.#starts = new Uint32Array(capacity * width);
    this.#ends = new Uint32Array(capacity * width);
    this.#values = new Uint32Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** Appends a range. Throws when it does not begin after the one before, as the search would miss it. */
  push(start: Uint32Array, end: Uint32Array, value: number): void {
    const at = this.#length * this.#width;
    const isAscending = this.#length === 0 || compare(start, 0, this.#starts, at - this.#width, this.#width) > 0;
    if (!isAscending || compare(start, 0, end, 0, this.#width) > 0) {
      throw new RangeError(`address range ${this.#length + 1} is out of order`);
    }
    this.#starts.set(start, at);
    this.#ends.set(end, at);
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** The index of the range that holds the address, the one that starts last where two overlap; -1 when none does. */
  indexOf(address: Uint32Array): number {
    return this.#width === 1 ? this.#indexOfWord(address[0] ?? 0) : this.#indexOfWords(address, this.#width);
  }

  /** The search for IPv4, where an address is one number. */
  #indexOfWord(address: number): number {
    const starts = this.#starts;
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= address) low = middle + 1;
      else high = middle;
    }
    return low > 0 && address <= (this.#ends[low - 1] ?? 0) ? low - 1 : -1;
  }

  #indexOfWords(address: Uint32Array, width: number): number {
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compare(this.#starts, middle * width, address, 0, width) <= 0) low = middle + 1;
      else high = middle;
    }
    const found = low - 1;
    return found >= 0 && compare(address, 0, this.#ends, found * width, width) <= 0 ? found : -1;
  }

  valueAt(index: number): number {
    return this.#values[index] ?? 0;
  }

  /** First and last address of the range at `index`. */
  endsAt(index: number): { start: Uint32Array; end: Uint32Array } {
    const at = index * this.#width;
    return { start: this.#starts.subarray(at, at + this.#width), end: this.#ends.subarray(at, at + this.#width) };
  }

  /**
   * The largest CIDR that holds `address` and lies within the range at `index`.
   *
   * A network of p bits round an address leaves another one out exactly when the two share fewer than p bits, so the
   * shortest prefix is one more than what the address shares with the nearer of the range's two outer neighbours.
   */
  networkAt(index: number, address: Uint32Array): string {
    const { start, end } = this.endsAt(index);
    const before = neighbour(start, -1);
    const after = neighbour(end, 1);
    const shared = [before, after].map((outer) => (outer === undefined ? -1 : sharedBits(address, outer)));
    return networkText(address, Math.max(...shared) + 1);
  }
}
