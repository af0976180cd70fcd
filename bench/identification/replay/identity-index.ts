import {
  type BlockingKeyName,
  countChanges,
  countHabit,
  countNewcomer,
  firstProfile,
  type Known,
  keysOf,
  nextProfile,
  type Portrait,
  type Profile,
  type Raise,
  touchProfile,
} from '@whorl/engine';

/** Visitors read for one key, as in the server. */
const CAP = 48;
/** Half-life of the count of newcomers, in minutes: a week. */
const HALF_LIFE = 7 * 1440;

/** A key's visitors, latest last, and how many there ever were. */
type Line = { ids: number[]; size: number };

/** What a store knows of visitors, in memory: blocking keys to visitors, profiles, and counts of what they show. */
export class IdentityIndex {
  readonly #lines = new Map<number, Line>();
  readonly #profiles: (Profile | undefined)[] = [];
  readonly #keys: (number[] | undefined)[] = [];
  readonly #counts = new Map<number, number>();
  #newcomers = 0;
  #counted = 0;

  readonly countOf = (key: number): number => this.#counts.get(key) ?? 0;

  get size(): number {
    return this.#profiles.length;
  }

  profile(id: number): Profile | undefined {
    return this.#profiles[id];
  }

  /** Visitors that share a key with the visit, and how many more do that the cap leaves unread. */
  candidates(portrait: Portrait): { known: Known<number>[]; via: Map<number, BlockingKeyName>; unread: number } {
    const via = new Map<number, BlockingKeyName>();
    let unread = 0;
    for (const { name, key } of keysOf(portrait)) {
      const line = this.#lines.get(key);
      if (line === undefined) continue;
      for (const id of line.ids) if (!via.has(id)) via.set(id, name);
      unread = Math.max(unread, line.size - line.ids.length);
    }
    const known: Known<number>[] = [];
    for (const id of via.keys()) {
      const profile = this.#profiles[id];
      if (profile !== undefined) known.push({ id, profile });
    }
    return { known, via, unread };
  }

  /** New visitors a day, as of late. `minute`: now. */
  newPerDay(minute: number): number {
    const aged = this.#newcomers * 2 ** ((this.#counted - minute) / HALF_LIFE);
    return (aged * Math.LN2 * 1440) / HALF_LIFE;
  }

  /** A new visitor. `share`: how likely it is new, and so how much it counts. */
  add(portrait: Portrait, share = 1): number {
    const id = this.#profiles.length;
    this.#profiles.push(firstProfile(portrait));
    this.#file(id, portrait);
    this.noteNewcomer(portrait.minute, share);
    this.#raise(countNewcomer(this.countOf, portrait, share));
    return id;
  }

  noteNewcomer(minute: number, share: number): void {
    this.#newcomers = this.#newcomers * 2 ** ((this.#counted - minute) / HALF_LIFE) + share;
    this.#counted = minute;
  }

  /** Another visit of a visitor; `teaches`: whether it may change what is known of it. */
  update(id: number, portrait: Portrait, teaches: boolean): void {
    const known = this.#profiles[id];
    if (known === undefined) throw new RangeError(`no visitor ${id}`);
    if (teaches) this.#raise([...countChanges(this.countOf, portrait, known), ...countHabit(portrait, known)]);
    this.#profiles[id] = teaches ? nextProfile(known, portrait) : touchProfile(known, portrait.minute);
    if (teaches) this.#file(id, portrait);
  }

  #raise(raises: Raise[]): void {
    for (const { key, by } of raises) this.#counts.set(key, this.countOf(key) + by);
  }

  /** Puts a visitor at the end of its keys' lines, and takes it out of those that it has left. */
  #file(id: number, portrait: Portrait): void {
    const keys = keysOf(portrait).map(({ key }) => key);
    for (const key of this.#keys[id] ?? []) if (!keys.includes(key)) this.#leave(id, key);
    const before = this.#keys[id] ?? [];
    for (const key of keys) this.#join(id, key, before.includes(key));
    this.#keys[id] = keys;
  }

  #leave(id: number, key: number): void {
    const line = this.#lines.get(key);
    if (line === undefined) return;
    line.size--;
    const at = line.ids.indexOf(id);
    if (at >= 0) line.ids.splice(at, 1);
    if (line.size <= 0) this.#lines.delete(key);
  }

  #join(id: number, key: number, member: boolean): void {
    const line = this.#lines.get(key) ?? { ids: [], size: 0 };
    const at = line.ids.indexOf(id);
    if (at >= 0) line.ids.splice(at, 1);
    if (!member) line.size++;
    line.ids.push(id);
    // Who falls out is found again when it next comes, by other keys, or not at all: as in the server, the latest are read.
    if (line.ids.length > CAP) line.ids.shift();
    this.#lines.set(key, line);
  }
}
