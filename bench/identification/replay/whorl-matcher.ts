import {
  type IdentityModel,
  type LinkOptions,
  link,
  type Portrait,
  type Posterior,
  portray,
  TRUST,
  weighVisit,
} from '@whorl/engine';
import type { Answer, SeenVisit } from '../baselines/matcher.ts';
import { IdentityIndex } from './identity-index.ts';

export const defaultLinkOptions: LinkOptions = { threshold: 0.8, trust: TRUST };

/** A visit as visitors are compared by. */
export const portraitOf = ({ time, components, browserDetails, address, network }: SeenVisit): Portrait =>
  portray({ components, browser: browserDetails, address, network: String(network.asn) }, time);

/** The product's matcher over an index in memory, as the server runs it over a store. */
export class WhorlMatcher {
  readonly index = new IdentityIndex();
  readonly #model: IdentityModel;
  readonly #options: LinkOptions;

  constructor(model: IdentityModel, options: LinkOptions = defaultLinkOptions) {
    this.#model = model;
    this.#options = options;
  }

  posterior(portrait: Portrait): Posterior<number> {
    return weighVisit(portrait, this.index.field(portrait), this.index.countOf, this.#model);
  }

  /** Answers a visit without a token, and learns from it. */
  answer(visit: SeenVisit): Answer {
    const portrait = portraitOf(visit);
    return this.settle(portrait, this.posterior(portrait));
  }

  /** A visit that brought a token of a visitor whom this matcher knows. */
  follow(id: number, portrait: Portrait): void {
    this.index.update(id, portrait, true, true);
  }

  /** What becomes of a visit that has been weighed. `issues`: whether the server would give the browser a token. */
  settle(portrait: Portrait, posterior: Posterior<number>): Answer & { issues: boolean } {
    const { best, confidence, trusted } = link(posterior, this.#model, this.#options);
    if (best === null) {
      return { id: this.index.add(portrait, posterior.newcomer), found: false, confidence, issues: true };
    }
    this.index.update(best.known.id, portrait, trusted);
    return { id: best.known.id, found: true, confidence, issues: trusted };
  }
}
