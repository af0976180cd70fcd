import { networkPart } from '../drift/address-truth.ts';
import type { Sightings } from '../drift/trait.ts';
import { T } from '../drift/trait-names.ts';
import type { Memory } from '../drift/truth.ts';
import { nth } from '../population/weighted.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';
import { MOST_DUE, type Rhythm, rhythmAfter } from './rhythm.ts';

/** Traits that never change and that every visit shows, so that who differs in them is somebody else for certain. */
export const neverDiffer = [T.os, T.family, T.model] as const;

/** Traits that change seldom or one way only. Of who was last seen with the same look, the same can be expected at most. */
export const lookTraits = [
  ...[T.panel, T.version, T.osVersion, T.software, T.timezone, T.screen, T.accessibility, T.settings],
  ...[T.driver, T.smoothing, T.textSize, T.voices, T.media, T.frame, T.region, T.languages, T.blocker, T.zoom],
] as const;

/** Those who agree in what never differs and were last seen with the same look. */
export type Look = {
  key: string;
  /** What was seen of each of {@link lookTraits}, by one of them, but for when. */
  seen: readonly (Sightings | undefined)[];
  /** The same as one number each: equal only for those of whom the same is to be expected. */
  marks: readonly number[];
  members: Set<KnownBrowser>;
};

/** Those who agree in what never differs, by look. */
export type Room = Map<string, Look>;

/** Somebody known: what was seen of it, its rhythm, and where it stands in the index. */
export type KnownBrowser = {
  id: number;
  memory: Memory;
  rhythm: Rhythm;
  /** The logarithm of how often a day it was to be expected when last asked: never more until its next visit. */
  due: number;
  room: Room;
  look: Look | undefined;
};

/** More than there are zones, and screens. */
const MANY = 2 ** 12;

/** All that a trait's next value rests on but for time: its last one, and where it may go back to. */
const markOf = (place: number, seen: Sightings | undefined): number => {
  if (seen === undefined) return -1;
  if (place === T.timezone) return seen.last + MANY * nth(seen.values, 0);
  if (place === T.screen) return seen.last + MANY * (seen.values.find((value) => value !== 0) ?? 0);
  return seen.last;
};

/** Everybody seen so far, by what never changes and by address. */
export class KnownBrowsers {
  readonly #known: KnownBrowser[] = [];
  readonly #rooms = new Map<string, Room>();
  readonly #addresses = new Map<string, Set<KnownBrowser>>();
  readonly #pools = new Map<number, number>();

  get size(): number {
    return this.#known.length;
  }

  /** Everybody who was seen at a visit's address. */
  at(visit: SimulatedVisit): ReadonlySet<KnownBrowser> {
    return this.#addresses.get(networkPart(visit.address)) ?? NOBODY;
  }

  /** The fewest addresses that a network of the visit's operator draws from, of those seen. */
  leastPool({ network: { asn } }: SimulatedVisit): number {
    return this.#pools.get(asn) ?? Number.POSITIVE_INFINITY;
  }

  /** Everybody whom a visit may belong to, and nobody left out who could. */
  alike({ truth: { shown } }: SimulatedVisit): Room {
    const key = neverDiffer.map((place) => nth(shown, place)).join('/');
    const room = this.#rooms.get(key) ?? new Map();
    this.#rooms.set(key, room);
    return room;
  }

  get(id: number): KnownBrowser | undefined {
    return this.#known[id];
  }

  /** Somebody new; ids count from 0. */
  add(visit: SimulatedVisit, day: number, memory: Memory): KnownBrowser {
    const made: KnownBrowser = {
      id: this.#known.length,
      memory,
      rhythm: rhythmAfter(undefined, day),
      due: MOST_DUE,
      room: this.alike(visit),
      look: undefined,
    };
    this.#known.push(made);
    this.#file(made, visit);
    return made;
  }

  update(known: KnownBrowser, visit: SimulatedVisit, day: number, memory: Memory): void {
    known.memory = memory;
    known.rhythm = rhythmAfter(known.rhythm, day);
    known.due = MOST_DUE;
    this.#file(known, visit);
  }

  #file(known: KnownBrowser, visit: SimulatedVisit): void {
    const seen = lookTraits.map((place) => known.memory.traits[place]);
    const marks = lookTraits.map((place, at) => markOf(place, seen[at]));
    const key = marks.join('/');
    const look = known.room.get(key) ?? { key, seen, marks, members: new Set() };
    if (look !== known.look) {
      this.#leave(known);
      known.room.set(key, look);
      look.members.add(known);
      known.look = look;
    }
    const address = networkPart(visit.address);
    const met = this.#addresses.get(address) ?? new Set();
    this.#addresses.set(address, met);
    met.add(known);
    this.#pools.set(visit.network.asn, Math.min(this.leastPool(visit), visit.truth.place.pool));
  }

  /** A look that nobody has any more is forgotten, so that rooms hold no more looks than browsers. */
  #leave(known: KnownBrowser): void {
    const { look, room } = known;
    look?.members.delete(known);
    if (look?.members.size === 0) room.delete(look.key);
  }
}

const NOBODY: ReadonlySet<KnownBrowser> = new Set();
