import {
  type Claim,
  type Decision,
  decide,
  type Features,
  featuresOf,
  type IdentityModel,
  type Visit,
} from '@whorl/engine';
import type { Answer, Matcher, SeenVisit } from '../baselines/matcher.ts';
import { BlindReplays } from '../replay/blind-replays.ts';
import { IdentityIndex } from '../replay/identity-index.ts';
import { portraitOf } from '../replay/whorl-matcher.ts';

export type WhorlOptions = {
  /** How sure a link must be, 0..1. */
  threshold: number;
  /** Whether its confidence is to follow what visits with tokens, replayed as if they had brought none, tell of this world. */
  learns: boolean;
};

/** The product as a contestant: it decides by the same function as the server, tokens and all, over an index in memory. */
export class WhorlContestant implements Matcher {
  readonly #index = new IdentityIndex();
  /** What tokens are checked by, of those who were given one. */
  readonly #features = new Map<number, Features>();
  readonly #replays: BlindReplays;
  readonly #options: WhorlOptions;

  constructor(model: IdentityModel, options: WhorlOptions) {
    this.#options = options;
    this.#replays = new BlindReplays(model, this.#index);
  }

  answer(seen: SeenVisit, token?: number): Answer {
    const portrait = portraitOf(seen);
    const { components, browserDetails: browser, address } = seen;
    const features = featuresOf({ components, browser, address });
    const field = this.#index.field(portrait);
    const candidates = field.candidates.map(({ id, profile, foundBy }) => ({
      visitorId: String(id),
      profile,
      foundBy: [...(foundBy ?? [])],
    }));
    const surroundings = { claims: this.#claims(token), candidates, lines: field.lines, countOf: this.#index.countOf };
    const { learns, threshold } = this.#options;
    const model = learns ? this.#replays.modelAt(portrait.minute) : this.#replays.shipped;
    const decision = decide({ portrait, features }, surroundings, { model, threshold });
    if (learns) this.#replays.learn(portrait, surroundings, decision);
    return this.#settle({ portrait, features }, decision);
  }

  #claims(token: number | undefined): Claim[] {
    if (token === undefined) return [];
    const features = this.#features.get(token) ?? {};
    const profile = this.#index.profile(token) ?? null;
    return [{ visitorId: String(token), place: 'httpCookie', features, profile }];
  }

  #settle({ portrait, features }: Visit, { match, confidence, trusted, newcomer, explanation }: Decision): Answer {
    const id = match === null ? this.#index.add(portrait, newcomer) : Number(match);
    if (match !== null) this.#index.update(id, portrait, trusted, explanation.method === 'token');
    if (trusted) this.#features.set(id, features);
    return { id, found: match !== null, confidence, issues: trusted };
  }
}
