import { type StalkerFingerprint, stalkerFingerprint } from './fp-stalker-fingerprint.ts';
import type { Answer, Matcher, SeenVisit } from './matcher.ts';
import { textSimilarity } from './text-similarity.ts';

/** How alike a changed user agent, vendor, renderer, list of plug-ins or of languages must be. */
const ALIKE = 0.75;

/** Changes of fonts, of what may change similarly and of what may change freely, at most; and of the last alone. */
const MOST_CHANGES = 2;
const MOST_FREE = 1;

/** Visitors whose latest fingerprint is the same. */
type Entry = { fingerprint: StalkerFingerprint; ids: Set<number> };

/** One list holds all of the other: fonts were added or removed, not both. */
const isNested = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean => {
  const [small, large] = one.size < other.size ? [one, other] : [other, one];
  for (const font of small) if (!large.has(font)) return false;
  return true;
};

/** Whether the rules allow that the known fingerprint has become the new one. What is constant is equal already. */
const allows = (known: StalkerFingerprint, now: StalkerFingerprint): boolean => {
  if (now.version < known.version) return false;
  const free = now.free.filter((value, at) => value !== known.free[at]).length;
  if (free > MOST_FREE) return false;
  const changed = [...now.similar.keys()].filter((at) => now.similar[at] !== known.similar[at]);
  const fonts = now.fontsText === known.fontsText ? 0 : 1;
  if (free + changed.length + fonts > MOST_CHANGES) return false;
  if (fonts === 1 && !isNested(known.fonts, now.fonts)) return false;
  return changed.every((at) => textSimilarity(known.similar[at] ?? '', now.similar[at] ?? '') >= ALIKE);
};

/** The only id of a set, if it is the only one. */
const onlyOf = (ids: ReadonlySet<number>): number | undefined => (ids.size === 1 ? [...ids][0] : undefined);

/**
 * The rule-based algorithm of FP-Stalker (Vastel et al., 2018, section IV), written from the paper's text: equal
 * fingerprints of one visitor first, else those that the rules allow if all are one visitor's, else a new visitor. Equal fingerprints
 * are kept once, under what must not differ; each visitor counts by its latest. That changes no answer but bounds the work.
 */
export class FpStalkerMatcher implements Matcher {
  readonly #rooms = new Map<string, Map<string, Entry>>();
  readonly #latest: (StalkerFingerprint | undefined)[] = [];

  answer(visit: SeenVisit, token?: number): Answer {
    const now = stalkerFingerprint(visit);
    const known = token ?? this.#linked(now);
    const id = known ?? this.#latest.length;
    this.#file(id, now);
    return { id, found: known !== undefined };
  }

  #linked(now: StalkerFingerprint): number | undefined {
    const room = this.#rooms.get(now.constant);
    if (room === undefined) return undefined;
    const exact = onlyOf(room.get(now.whole)?.ids ?? new Set());
    if (exact !== undefined) return exact;
    let found: number | undefined;
    for (const { fingerprint, ids } of room.values()) {
      // Equal ones of several visitors are left to the exact match, which has not decided.
      if (fingerprint.whole === now.whole || !allows(fingerprint, now)) continue;
      const id = onlyOf(ids);
      if (id === undefined || (found !== undefined && found !== id)) return undefined;
      found = id;
    }
    return found;
  }

  #file(id: number, now: StalkerFingerprint): void {
    const before = this.#latest[id];
    this.#latest[id] = now;
    if (before !== undefined) {
      const room = this.#rooms.get(before.constant);
      const ids = room?.get(before.whole)?.ids;
      ids?.delete(id);
      if (ids?.size === 0) room?.delete(before.whole);
    }
    const room = this.#rooms.get(now.constant) ?? new Map<string, Entry>();
    this.#rooms.set(now.constant, room);
    const entry = room.get(now.whole) ?? { fingerprint: now, ids: new Set() };
    entry.ids.add(id);
    room.set(now.whole, entry);
  }
}
