import { calibrated } from './calibrate.ts';
import type { IdentityModel } from './model.ts';
import type { Posterior } from './posterior.ts';

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

/** A share as a number without ends, for curves: natural log-odds, kept finite. */
export const logOdds = (share: number): number => {
  const kept = Math.min(Math.max(share, 1e-12), 1 - 1e-12);
  return Math.log(kept / (1 - kept));
};

/**
 * Links a visit to the best of those known where that is sure enough, by the curve of its group; else it is a new visitor's.
 * A new visitor may always be given its token: whoever it was, it is now this one.
 */
export const link = <Id>(
  { ranked, newcomer, group }: Posterior<Id>,
  { curves }: IdentityModel,
  { threshold, trust }: LinkOptions,
): Link<Id> => {
  const best = ranked[0];
  if (best !== undefined) {
    const confidence = calibrated(curves.links[group], logOdds(best.share), best.share);
    if (confidence >= threshold) return { best, confidence, trusted: confidence >= trust };
  }
  return { best: null, confidence: calibrated(curves.newcomers[group], logOdds(newcomer), newcomer), trusted: true };
};
