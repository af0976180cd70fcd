/** Slots of a table that begins: a power of two. */
const FEWEST = 1_024;

/** What a free slot holds in place of a key; keys are kept as one more than they are. */
const FREE = 0;

/**
 * Sums by key, each with a time. Plain numbers side by side, by open addressing with linear probing: a `Map` would make two objects
 * of each entry, and the collector would stop the process, every few dozen visits, to carry them from one space to the next.
 *
 * Keys are whole numbers from 0 to below 2^53 that are spread evenly, as hashes are. Entries are not removed one by one.
 */
export class SumTable {
  #keys = new Float64Array(FEWEST);
  #sums = new Float64Array(FEWEST);
  #times = new Float64Array(FEWEST);
  #size = 0;

  /** How many keys there are. */
  get size(): number {
    return this.#size;
  }

  has(key: number): boolean {
    return this.#keys[this.#slotOf(key)] !== FREE;
  }

  /** The sum under a key, if there is one. */
  sumOf(key: number): number | undefined {
    const slot = this.#slotOf(key);
    return this.#keys[slot] === FREE ? undefined : this.#sums[slot];
  }

  /** The time of a key, if there is one. */
  timeOf(key: number): number | undefined {
    const slot = this.#slotOf(key);
    return this.#keys[slot] === FREE ? undefined : this.#times[slot];
  }

  set(key: number, sum: number, time: number): void {
    const slot = this.#taken(key);
    this.#sums[slot] = sum;
    this.#times[slot] = time;
  }

  /** Adds to a sum, which is begun where there is none. */
  add(key: number, more: number): void {
    const slot = this.#taken(key);
    this.#sums[slot] = (this.#sums[slot] ?? 0) + more;
  }

  /** All keys and sums, in no order. */
  *entries(): Generator<[key: number, sum: number]> {
    for (let slot = 0; slot < this.#keys.length; slot++) {
      const kept = this.#keys[slot] ?? FREE;
      if (kept !== FREE) yield [kept - 1, this.#sums[slot] ?? 0];
    }
  }

  /** Gives all keys one time. */
  setTimes(time: number): void {
    this.#times.fill(time);
  }

  /** Empties the table, which stays as large as it has become. */
  clear(): void {
    this.#keys.fill(FREE);
    this.#size = 0;
  }

  /** The slot of a key, or the free one where it would stand. */
  #slotOf(key: number): number {
    const keys = this.#keys;
    const last = keys.length - 1;
    let slot = (key >>> 0) & last;
    while (keys[slot] !== FREE && keys[slot] !== key + 1) slot = (slot + 1) & last;
    return slot;
  }

  /** The slot of a key, which stands there from now on. */
  #taken(key: number): number {
    const slot = this.#slotOf(key);
    if (this.#keys[slot] !== FREE) return slot;
    if (2 * this.#size >= this.#keys.length) {
      this.#grow();
      return this.#taken(key);
    }
    this.#size++;
    this.#keys[slot] = key + 1;
    this.#sums[slot] = 0;
    this.#times[slot] = 0;
    return slot;
  }

  #grow(): void {
    const [keys, sums, times] = [this.#keys, this.#sums, this.#times];
    this.#keys = new Float64Array(2 * keys.length);
    this.#sums = new Float64Array(2 * keys.length);
    this.#times = new Float64Array(2 * keys.length);
    this.#size = 0;
    for (let slot = 0; slot < keys.length; slot++) {
      const kept = keys[slot] ?? FREE;
      if (kept !== FREE) this.set(kept - 1, sums[slot] ?? 0, times[slot] ?? 0);
    }
  }
}
