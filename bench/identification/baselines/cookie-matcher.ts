import type { Answer, Matcher, SeenVisit } from './matcher.ts';

/** Recognises by the token alone, whoever brings it. */
export class CookieMatcher implements Matcher {
  #next = 0;

  answer(_: SeenVisit, token?: number): Answer {
    return token === undefined ? { id: this.#next++, found: false } : { id: token, found: true };
  }
}
