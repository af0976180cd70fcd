import {
  type BlockingKeyName,
  type CountOf,
  earlierAddressKeys,
  firstProfile,
  joinedLines,
  type Known,
  keysOf,
  type Line,
  MOST_COMPARED,
  nextProfile,
  type Portrait,
  type Profile,
  type Raise,
  teachNewcomer,
  teachReturn,
  VISITORS_PER_KEY,
} from '@whorl/engine';

/** What a store knows of visitors, in memory: blocking keys to visitors, profiles, and counts of what they show. */
export class IdentityIndex {
  /** Under each key, latest last. */
  readonly #lines = new Map<number, number[]>();
  readonly #profiles: (Profile | undefined)[] = [];
  readonly #keys: (number[] | undefined)[] = [];
  readonly #counts = new Map<number, number>();

  readonly countOf: CountOf = (key) => this.#counts.get(key) ?? 0;

  get size(): number {
    return this.#profiles.length;
  }

  profile(id: number): Profile | undefined {
    return this.#profiles[id];
  }

  /** Visitors that share a key with the visit, and how many were read of each line. */
  field(portrait: Portrait): { candidates: Known<number>[]; lines: Line[] } {
    const found = new Map<number, BlockingKeyName[]>();
    for (const { name, key } of keysOf(portrait)) {
      for (const id of (this.#lines.get(key) ?? []).toReversed()) {
        const foundBy = found.get(id);
        if (foundBy !== undefined) foundBy.push(name);
        else if (found.size < MOST_COMPARED) found.set(id, [name]);
      }
    }
    const candidates: Known<number>[] = [];
    for (const [id, foundBy] of found) {
      const profile = this.#profiles[id];
      if (profile !== undefined) candidates.push({ id, profile, foundBy });
    }
    return { candidates, lines: this.#linesOf(portrait) };
  }

  /** A new visitor. `share`: how likely it is new, and so how much it counts. */
  add(portrait: Portrait, share = 1): number {
    const id = this.#profiles.length;
    this.count(teachNewcomer(this.countOf, portrait, this.#linesOf(portrait), share));
    this.#profiles.push(firstProfile(portrait));
    this.#file(id, portrait);
    return id;
  }

  /** Another visit of a visitor; `teaches`: whether it may change what is known of it; `brought`: whether it came with its token. */
  update(id: number, portrait: Portrait, teaches: boolean, brought = false): void {
    const known = this.#profiles[id];
    if (known === undefined) throw new RangeError(`no visitor ${id}`);
    if (!teaches) return;
    this.#profiles[id] = nextProfile(known, portrait, brought);
    const joined = joinedLines(this.#linesOf(portrait), this.#keys[id] ?? []);
    this.count(teachReturn(this.countOf, portrait, known, joined, brought));
    this.#file(id, portrait);
  }

  count(raises: readonly Raise[]): void {
    for (const { key, by } of raises) this.#counts.set(key, this.countOf(key) + by);
  }

  #linesOf(portrait: Portrait): Line[] {
    return keysOf(portrait).map(({ key }) => ({ key, read: this.#lines.get(key)?.length ?? 0 }));
  }

  /** Puts a visitor at the end of its keys' lines, and takes it out of those that it has left. */
  #file(id: number, portrait: Portrait): void {
    const profile = this.#profiles[id];
    const earlier = profile === undefined ? [] : earlierAddressKeys(profile);
    const keys = [...new Set([...keysOf(portrait).map(({ key }) => key), ...earlier])];
    for (const key of this.#keys[id] ?? []) this.#leave(id, key);
    for (const key of keys) this.#join(id, key);
    this.#keys[id] = keys;
  }

  #leave(id: number, key: number): void {
    const line = this.#lines.get(key);
    const at = line?.indexOf(id) ?? -1;
    if (line === undefined || at < 0) return;
    line.splice(at, 1);
    if (line.length === 0) this.#lines.delete(key);
  }

  #join(id: number, key: number): void {
    const line = this.#lines.get(key) ?? [];
    line.push(id);
    // Who falls out is found again when it next comes, by other keys, or not at all: as in the server, the latest are read.
    if (line.length > VISITORS_PER_KEY) line.shift();
    this.#lines.set(key, line);
  }
}
