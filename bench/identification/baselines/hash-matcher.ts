import type { Answer, Matcher, SeenVisit } from './matcher.ts';

/** Recognises by equality: visits with the same hash are one visitor. A token outweighs it, and then says whose the hash is. */
export class HashMatcher implements Matcher {
  readonly #hashOf: (visit: SeenVisit) => string;
  readonly #ids = new Map<string, number>();
  #next = 0;

  constructor(hashOf: (visit: SeenVisit) => string) {
    this.#hashOf = hashOf;
  }

  answer(visit: SeenVisit, token?: number): Answer {
    const hash = this.#hashOf(visit);
    const known = token ?? this.#ids.get(hash);
    const id = known ?? this.#next++;
    if (!this.#ids.has(hash)) this.#ids.set(hash, id);
    return { id, found: known !== undefined };
  }
}
