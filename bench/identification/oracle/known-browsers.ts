import { networkPart } from '../drift/address-truth.ts';
import { T } from '../drift/trait-names.ts';
import type { Memory } from '../drift/truth.ts';
import { nth } from '../population/weighted.ts';
import { HIDDEN, type SimulatedVisit } from '../visits/simulated-visit.ts';
import { MOST_DUE, type Rhythm, rhythmAfter } from './rhythm.ts';

/** Traits that never change and that every visit shows, so that who differs in them is somebody else for certain. */
export const neverDiffer = [T.os, T.family, T.model] as const;

/** Traits that change seldom, each time to one drawn anew. Who shows the same in all of them has the same look. */
export const lookTraits = [
  ...[T.driver, T.smoothing, T.textSize, T.voices, T.media, T.frame, T.region, T.languages, T.blocker],
] as const;

/** Those who agree in what never differs and were last seen with the same look. */
export type Look = { values: readonly number[]; members: Set<KnownBrowser> };

/** Those who agree in what never differs, by look. */
export type Room = Map<string, Look>;

/** Somebody known: what was seen of it, its rhythm, each trait as last shown, and where it stands in the index. */
export type KnownBrowser = {
  id: number;
  memory: Memory;
  rhythm: Rhythm;
  /** The logarithm of how often a day it was to be expected when last asked: never more until its next visit. */
  due: number;
  latest: Int32Array;
  room: Room;
  look: Look | undefined;
};

const valuesAt = (places: readonly number[], traits: Int32Array): number[] => places.map((place) => nth(traits, place));

/** Everybody seen so far, by what never changes and by address. */
export class KnownBrowsers {
  readonly #known: KnownBrowser[] = [];
  readonly #rooms = new Map<string, Room>();
  readonly #addresses = new Map<string, Set<KnownBrowser>>();

  get size(): number {
    return this.#known.length;
  }

  /** Everybody who was seen at a visit's address. */
  at(visit: SimulatedVisit): ReadonlySet<KnownBrowser> {
    return this.#addresses.get(networkPart(visit.address)) ?? NOBODY;
  }

  /** Everybody whom a visit may belong to, and nobody left out who could. */
  alike({ truth: { shown } }: SimulatedVisit): Room {
    const key = valuesAt(neverDiffer, shown).join('/');
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
      latest: visit.truth.shown.slice(),
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
    visit.truth.shown.forEach((value, place) => {
      if (value !== HIDDEN) known.latest[place] = value;
    });
    this.#file(known, visit);
  }

  #file(known: KnownBrowser, visit: SimulatedVisit): void {
    const values = valuesAt(lookTraits, known.latest);
    const key = values.join('/');
    const look = known.room.get(key) ?? { values, members: new Set() };
    if (look !== known.look) {
      known.look?.members.delete(known);
      known.room.set(key, look);
      look.members.add(known);
      known.look = look;
    }
    const address = networkPart(visit.address);
    const met = this.#addresses.get(address) ?? new Set();
    this.#addresses.set(address, met);
    met.add(known);
  }
}

const NOBODY: ReadonlySet<KnownBrowser> = new Set();
