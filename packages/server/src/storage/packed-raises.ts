import { commonnessKeys, MINUTE, type Raise, type Shown } from '@whorl/engine';
import { grownBy } from './grown-by.ts';
import { mergeRaises } from './merge-raises.ts';
import { scopedKey } from './scoped-key.ts';
import type { Lesson } from './store.ts';

const BYTES_OF_SHORT = 2;
const BYTES_OF_WORD = 4;
const BYTES_OF_DOUBLE = 8;

/** From so many raises on, what a visit showed takes less room than the keys that follow from it. */
const WORTH_SHOWING = 24;

/** A visit that raised sums. */
export type Raising = Pick<Lesson, 'raises' | 'portrait' | 'scope'>;

/** Keys that follow from what a visit showed, each once, in an order that is part of what is stored. */
const keysOf = (shown: Shown, scope: number): number[] => [
  ...new Set(commonnessKeys(shown).map((key) => scopedKey(scope, key))),
];

const marksOf = (known: number): number => Math.ceil(known / 8);

/** How many values were shown, and, where any, the scope, the kind, the system and the values. */
const packShown = (shown: Shown | null, scope: number): Buffer => {
  const words = shown === null ? [] : [scope, shown.kindHash, shown.osHash, ...shown.values];
  const bytes = Buffer.alloc(1 + words.length * BYTES_OF_WORD);
  bytes.writeUInt8(shown?.values.length ?? 0);
  words.forEach((word, at) => {
    bytes.writeUInt32LE(word, 1 + at * BYTES_OF_WORD);
  });
  return bytes;
};

/**
 * One number that is added under many keys: the number, a bit for each key that follows from what was shown, how many keys are
 * others, and those. `placeOf`: the places of the keys that follow.
 */
const packGroup = (by: number, keys: readonly number[], placeOf: ReadonlyMap<number, number>): Buffer => {
  const others = keys.filter((key) => !placeOf.has(key));
  const othersAt = BYTES_OF_DOUBLE + marksOf(placeOf.size) + BYTES_OF_SHORT;
  const bytes = Buffer.alloc(othersAt + others.length * BYTES_OF_DOUBLE);
  bytes.writeDoubleLE(by);
  for (const key of keys) {
    const place = placeOf.get(key);
    if (place === undefined) continue;
    const at = BYTES_OF_DOUBLE + (place >> 3);
    bytes.writeUInt8(bytes.readUInt8(at) | (1 << (place & 7)), at);
  }
  bytes.writeUInt16LE(others.length, othersAt - BYTES_OF_SHORT);
  others.forEach((key, at) => {
    bytes.writeDoubleLE(key, othersAt + at * BYTES_OF_DOUBLE);
  });
  return bytes;
};

/**
 * What a visit raised the sums by, to be kept with its event; null where it raised none. A new visitor raises some 150 sums,
 * whose keys follow from what it showed: that and a bit for each take a fifth of the room.
 */
export const packRaises = ({ raises, portrait, scope }: Raising): Uint8Array | null => {
  if (raises.length === 0) return null;
  const groups = new Map<number, number[]>();
  for (const { key, by } of mergeRaises(raises)) {
    const keys = groups.get(by);
    if (keys === undefined) groups.set(by, [key]);
    else keys.push(key);
  }
  const shown = raises.length < WORTH_SHOWING ? null : portrait;
  const known = shown === null ? [] : keysOf(shown, scope);
  const placeOf = new Map(known.map((key, place) => [key, place]));
  return Buffer.concat([packShown(shown, scope), ...[...groups].map(([by, keys]) => packGroup(by, keys, placeOf))]);
};

/** Reads numbers one after another. */
class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#step(1));
  }

  short(): number {
    return this.#bytes.readUInt16LE(this.#step(BYTES_OF_SHORT));
  }

  word(): number {
    return this.#bytes.readUInt32LE(this.#step(BYTES_OF_WORD));
  }

  double(): number {
    return this.#bytes.readDoubleLE(this.#step(BYTES_OF_DOUBLE));
  }

  #step(by: number): number {
    const at = this.#at;
    this.#at += by;
    return at;
  }
}

const many = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, read);

/** The keys that followed from what was shown; none where that was not kept. */
const readKnown = (cursor: Cursor): number[] => {
  const count = cursor.byte();
  if (count === 0) return [];
  const [scope, kindHash, osHash] = [cursor.word(), cursor.word(), cursor.word()];
  return keysOf({ kindHash, osHash, values: Uint32Array.from(many(count, () => cursor.word())) }, scope);
};

/** What {@link packRaises} packed, a raise a key. */
export const unpackRaises = (packed: Uint8Array): Raise[] => {
  const cursor = new Cursor(packed);
  const known = readKnown(cursor);
  const raises: Raise[] = [];
  while (!cursor.atEnd) {
    const by = cursor.double();
    const marks = many(marksOf(known.length), () => cursor.byte());
    const marked = known.filter((_, at) => ((marks[at >> 3] ?? 0) & (1 << (at & 7))) !== 0);
    const others = many(cursor.short(), () => cursor.double());
    for (const key of [...marked, ...others]) raises.push({ key, by });
  }
  return raises;
};

/** How much a raise of a visit at a time, unix milliseconds, adds to the sums as they are stored: by the minute. */
export const asStored = (raises: readonly Raise[], time: number): Raise[] => {
  const weight = grownBy(Math.floor(time / MINUTE));
  return raises.map(({ key, by }) => ({ key, by: by * weight }));
};

/** What to take out of the sums when events are erased: exactly what their visits had put in. */
export const takenBack = (events: readonly { raises: Uint8Array | null; time: number }[]): Raise[] =>
  events.flatMap(({ raises, time }) =>
    raises === null ? [] : asStored(unpackRaises(raises), time).map(({ key, by }) => ({ key, by: -by })),
  );
