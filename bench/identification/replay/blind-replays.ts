import {
  countCases,
  countCookieless,
  type Decision,
  type IdentityModel,
  isReplayed,
  isSameVisit,
  type Portrait,
  relearnCurves,
  replayBlindly,
  type Surroundings,
} from '@whorl/engine';
import { Random } from '../population/random.ts';
import type { IdentityIndex } from './identity-index.ts';

/** How long what was learnt is gone by before it is looked at again, in minutes, as in the server. */
const FRESH = 60;

const DRAWS = 2 ** 31;

/** Learns as the server does, from visits with tokens, how far scores are to be believed in this world. */
export class BlindReplays {
  readonly shipped: IdentityModel;
  readonly #index: IdentityIndex;
  readonly #chance = new Random(0, 'blind replays');
  #local: IdentityModel;
  #until = 0;

  /** `index`: where what is learnt is counted. */
  constructor(shipped: IdentityModel, index: IdentityIndex) {
    this.shipped = shipped;
    this.#local = shipped;
    this.#index = index;
  }

  /** What decides at a time, in minutes since 1970. */
  modelAt(minute: number): IdentityModel {
    if (minute >= this.#until) {
      this.#local = { ...this.shipped, curves: relearnCurves(this.shipped.curves, this.#index.countOf, minute) };
      this.#until = minute + FRESH;
    }
    return this.#local;
  }

  /** Learns from a visit. To be called before the visit changes what is known of its visitor. */
  learn(portrait: Portrait, field: Pick<Surroundings, 'candidates' | 'lines' | 'countOf'>, decision: Decision): void {
    const { match, trusted, explanation } = decision;
    if (!trusted) return;
    const profile = match === null ? undefined : this.#index.profile(Number(match));
    if (profile !== undefined && isSameVisit(profile, portrait)) return;
    if (explanation.method !== 'token') this.#index.count(countCookieless(portrait.minute, decision));
    if (explanation.method !== 'token' || match === null || profile === undefined) return;
    if (!isReplayed(portrait, profile, this.#chance.below(DRAWS))) return;
    this.#index.count(countCases(replayBlindly(portrait, field, { visitorId: match, profile }, this.#local)));
  }
}
