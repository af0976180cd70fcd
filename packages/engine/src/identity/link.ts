import { calibrated } from './calibrate.ts';
import { logOdds } from './log-odds.ts';
import { ANY, type IdentityModel } from './model.ts';
import type { Posterior } from './posterior.ts';
import { reliabilityScore } from './reliability.ts';

/** How sure a link must be, 0..1: to be made, and to overwrite what is known and be given a token. */
export type LinkOptions = { threshold: number; trust: number };

/** A link at this confidence or above may overwrite what is known of a visitor, and issue a token. */
export const TRUST = 0.9;

/** What becomes of a visit: one of those known, or a new visitor. */
export type Link<Id> = {
  /** Null: a new visitor. */
  best: Posterior<Id>['ranked'][number] | null;
  /** 0..1: the chance that this is right, by what such scores stood for. */
  confidence: number;
  trusted: boolean;
};

/** What the best link scores, and what a new visitor does: what curves are asked with. Natural log-odds. */
export const linkScoreOf = ({ ranked, signs, group }: Posterior<unknown>, { reliability }: IdentityModel): number => {
  const learnt = reliability[group] ?? reliability[ANY];
  return learnt === undefined ? logOdds(ranked[0]?.share ?? 0) : reliabilityScore(learnt, signs);
};
export const newcomerScoreOf = ({ newcomer }: Posterior<unknown>): number => logOdds(newcomer);

/**
 * Links a visit to the best of those known where that is sure enough, by what such links were worth; else it is a new visitor's.
 * A new visitor may always be given its token: whoever it was, it is now this one.
 */
export const link = <Id>(
  posterior: Posterior<Id>,
  model: IdentityModel,
  { threshold, trust }: LinkOptions,
): Link<Id> => {
  const { ranked, newcomer, group } = posterior;
  const { links, newcomers } = model.curves;
  const best = ranked[0];
  if (best !== undefined) {
    const confidence = calibrated(links[group] ?? links[ANY], linkScoreOf(posterior, model), best.share);
    if (confidence >= threshold) return { best, confidence, trusted: confidence >= trust };
  }
  const curve = newcomers[group] ?? newcomers[ANY];
  return { best: null, confidence: calibrated(curve, newcomerScoreOf(posterior), newcomer), trusted: true };
};
