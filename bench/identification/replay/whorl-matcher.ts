import {
  calibrated,
  type IdentityModel,
  modelOf,
  type Portrait,
  type Posterior,
  portray,
  posteriorOf,
  readCommonness,
} from '@whorl/engine';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';
import { IdentityIndex } from './identity-index.ts';

/** How sure a link must be. 0..1. */
export type MatcherOptions = { threshold: number; trust: number };

export const defaultMatcherOptions: MatcherOptions = { threshold: 0.8, trust: 0.9 };

/** What a matcher says of a visit. */
export type Answer = { id: number; found: boolean; confidence: number };

/** A visit as the matcher may see it: nothing of the truth. */
export const portraitOf = ({ time, components, browserDetails, address, network }: SimulatedVisit): Portrait =>
  portray({ components, browser: browserDetails, address, network: String(network.asn) }, time);

/** The product's matcher over an index in memory, as the server runs it over a store. */
export class WhorlMatcher {
  readonly index = new IdentityIndex();
  readonly #model: IdentityModel;
  readonly #options: MatcherOptions;

  constructor(model: IdentityModel, options: MatcherOptions = defaultMatcherOptions) {
    this.#model = model;
    this.#options = options;
  }

  posterior(portrait: Portrait): Posterior<number> {
    const { known, unread } = this.index.candidates(portrait);
    const commonness = readCommonness(this.index.countOf, portrait);
    const traffic = { newPerDay: this.index.newPerDay(portrait.minute), unread };
    return posteriorOf(portrait, known, commonness, traffic, modelOf(this.#model, portrait.os));
  }

  /** How sure the best link and a new visitor are, by what such scores stood for in the past. */
  confidences(posterior: Posterior<number>): { link: number; newcomer: number } {
    const { links, newcomers } = this.#model.curves;
    const share = posterior.ranked[0]?.share ?? 0;
    return {
      link: posterior.ranked.length === 0 ? 0 : calibrated(links[posterior.group], logOdds(share), share),
      newcomer: calibrated(newcomers[posterior.group], logOdds(posterior.newcomer), posterior.newcomer),
    };
  }

  answer(visit: SimulatedVisit): Answer {
    const portrait = portraitOf(visit);
    const posterior = this.posterior(portrait);
    const { link, newcomer } = this.confidences(posterior);
    const best = posterior.ranked[0];
    if (best !== undefined && link >= this.#options.threshold) {
      this.index.update(best.known.id, portrait, link >= this.#options.trust);
      return { id: best.known.id, found: true, confidence: link };
    }
    const id = this.index.add(portrait, posterior.newcomer);
    return { id, found: false, confidence: newcomer };
  }
}

/** A share as a number without ends, for curves: natural log-odds, kept finite. */
export const logOdds = (share: number): number => {
  const kept = Math.min(Math.max(share, 1e-12), 1 - 1e-12);
  return Math.log(kept / (1 - kept));
};
