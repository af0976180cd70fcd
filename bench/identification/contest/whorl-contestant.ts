import type { IdentityModel } from '@whorl/engine';
import type { Answer, Matcher, SeenVisit } from '../baselines/matcher.ts';
import { defaultLinkOptions, portraitOf, WhorlMatcher } from '../replay/whorl-matcher.ts';

/** How sure the server is of a token that nothing contradicts, as `docs/identification.md` has it. */
const TOKEN_CONFIDENCE = 0.995;

/** The product's matcher as a contestant: with tokens, it gives one only where the server would. */
export class WhorlContestant implements Matcher {
  readonly #matcher: WhorlMatcher;

  /** `threshold`: how sure a link must be, 0..1. */
  constructor(model: IdentityModel, threshold = defaultLinkOptions.threshold) {
    this.#matcher = new WhorlMatcher(model, { ...defaultLinkOptions, threshold });
  }

  answer(visit: SeenVisit, token?: number): Answer {
    if (token === undefined) return this.#matcher.answer(visit);
    this.#matcher.follow(token, portraitOf(visit));
    return { id: token, found: true, confidence: TOKEN_CONFIDENCE };
  }
}
