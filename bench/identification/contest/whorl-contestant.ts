import type { IdentityModel } from '@whorl/engine';
import type { Answer, Matcher, SeenVisit } from '../baselines/matcher.ts';
import { defaultMatcherOptions, portraitOf, WhorlMatcher } from '../replay/whorl-matcher.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';

/** How sure the server is of a token that nothing contradicts, as `docs/identification.md` has it. */
const TOKEN_CONFIDENCE = 0.995;

/** The product's matcher as a contestant: with tokens, it gives one only where the server would. */
export class WhorlContestant implements Matcher {
  readonly #matcher: WhorlMatcher;

  /** `threshold`: how sure a link must be, 0..1. */
  constructor(model: IdentityModel, threshold = defaultMatcherOptions.threshold) {
    this.#matcher = new WhorlMatcher(model, { ...defaultMatcherOptions, threshold });
  }

  answer(seen: SeenVisit, token?: number): Answer {
    // The matcher's type asks for more than it reads. What it does not read is not there.
    const visit = seen as SimulatedVisit;
    if (token !== undefined) {
      this.#matcher.index.update(token, portraitOf(visit), true);
      return { id: token, found: true, confidence: TOKEN_CONFIDENCE };
    }
    const answer = this.#matcher.answer(visit);
    return { ...answer, issues: !answer.found || answer.confidence >= defaultMatcherOptions.trust };
  }
}
