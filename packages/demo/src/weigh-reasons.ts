import type { Evidence, Identity, IdentityExplanation } from '@whorl/contract';
import { factOutcome, factTitle } from './fact-texts.ts';
import { orderEvidence } from './group-signals.ts';

/** One piece of evidence that a visit is a known visitor's. */
export type WeighedReason = { title: string; outcome: string; bits: number };

/** The evidence in bits: each makes the visitor twice as likely, or half as likely where it is negative. */
export type Weighing = {
  /** Heaviest first, whichever way they speak. */
  reasons: WeighedReason[];
  /** Titles of what this browser or the visitor did not show. */
  hidden: string[];
  /** All reasons added up: how much likelier the visitor is than a new one. */
  sum: number;
};

/** Whether reasons are of a comparison in bits. Those of tokens, of imports and of earlier versions are not. */
export const isWeighed = ({ margin }: IdentityExplanation): boolean => margin !== undefined;

/** The reasons without those that contradict a token: these are no bits, and are told with the token. */
export const ownReasons = ({ explanation, tokenContradictions }: Identity): Evidence[] => {
  const contradicting = new Set(tokenContradictions.map(({ fact }) => fact));
  return explanation.reasons.filter(({ fact }) => !contradicting.has(fact));
};

const isHidden = ({ value }: Evidence): boolean => value === 'hidden';

/**
 * Where the next answer is a new visitor, the margin is the sum as it was before anything was rounded or left out as too light;
 * where it may be another visitor, the reasons themselves have to be added up.
 */
const sumOf = ({ method, margin = 0, runnersUp = [] }: IdentityExplanation, reasons: readonly Evidence[]): number => {
  if (method === 'new') return -margin;
  return runnersUp.length === 0 ? margin : reasons.reduce((sum, { weight }) => sum + weight, 0);
};

/** Sorts the reasons of a visitor that was weighed; see {@link isWeighed}. */
export const weighReasons = (identity: Identity): Weighing => {
  const all = ownReasons(identity);
  return {
    reasons: orderEvidence(all)
      .filter((reason) => !isHidden(reason) && reason.weight !== 0)
      .map((reason) => ({ title: factTitle(reason.fact), outcome: factOutcome(reason), bits: reason.weight })),
    hidden: all.filter(isHidden).map(({ fact }) => factTitle(fact)),
    sum: sumOf(identity.explanation, all),
  };
};
