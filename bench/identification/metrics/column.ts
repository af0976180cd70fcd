type Cells = Int32Array | Float64Array | Float32Array | Uint16Array | Uint8Array;

/** A list of numbers that grows, each in as few bytes as its kind needs: a replay has millions of visits. */
export class Column {
  #cells: Cells;
  #length = 0;

  /** `kind` is the typed array to keep numbers in, which rounds them as it does. */
  constructor(kind: new (length: number) => Cells) {
    this.#cells = new kind(1024);
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#cells.length) {
      const larger = new (this.#cells.constructor as new (length: number) => Cells)(this.#length * 2);
      larger.set(this.#cells);
      this.#cells = larger;
    }
    this.#cells[this.#length++] = value;
  }

  /** The number at a place that is known to exist; a bug throws. */
  at(place: number): number {
    const value = place < this.#length ? this.#cells[place] : undefined;
    if (value === undefined) throw new RangeError(`no entry ${place} among ${this.#length}`);
    return value;
  }

  /** Its numbers from small to large; what is not a number is left out. */
  sorted(from = 0, until = this.#length): Cells {
    return this.#cells
      .slice(from, until)
      .filter((value) => !Number.isNaN(value))
      .sort();
  }
}
