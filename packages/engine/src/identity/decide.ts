import type { Evidence } from '@whorl/contract';
import { block } from './block.ts';
import { canRelyOnToken, checkToken } from './check-token.ts';
import type { Candidate, Decision, Features } from './identity.ts';

/** Thresholds and priors of a decision. */
export type DecisionOptions = {
  /** A link is made at this confidence or above. 0..1. */
  threshold: number;
  /** A link at this confidence or above may overwrite what is known and issue a token. 0..1. */
  trustThreshold: number;
  /** Whether visitors with the same key were looked for at all. By default, whether the features give a key. */
  comparable?: boolean;
};

export const defaultDecisionOptions: DecisionOptions = { threshold: 0.8, trustThreshold: 0.9 };

/**
 * How many strangers share one exact configuration, for each known visitor that has it. Stated, not measured: iPhones
 * of one model are nearly identical, desktops differ in fonts, graphics and screens (Eckersley 2010: 84% unique).
 */
const CROWD: Record<string, number> = { iOS: 4, Android: 0.4 };
const CROWD_DESKTOP = 0.1;

/** How much likelier the same address is for the same browser than for a stranger of the same configuration. */
const SAME_ADDRESS = 50;

/** The chance that a believable token names the right visitor: what remains are copied profiles of equal machines. */
const TOKEN_CONFIDENCE = 0.995;

/** The same where too little was shown to check the token: enough to link, not enough to teach or to be given a token. */
const UNCHECKED_CONFIDENCE = 0.85;

/**
 * Even where no known visitor looks alike, the browser may be a known one that has changed since: a stated prior. Where
 * too little was collected to compare at all, either is as likely.
 */
const NEW_AT_BEST = 0.95;
const NEW_UNCOMPARED = 0.5;

const round = (share: number): number => Math.round(share * 1000) / 1000;

const agreed = (fact: string, value: string, weight: number, from = 'store'): Evidence => ({
  fact,
  value,
  weight,
  from,
});

const byToken = (candidates: Candidate[], observed: Features) => {
  const contradictions: Evidence[] = [];
  for (const candidate of candidates) {
    if (candidate.via.kind !== 'token') continue;
    const against = checkToken(candidate, observed);
    if (against.length === 0) return { candidate, place: candidate.via.place, contradictions };
    contradictions.push(...against);
  }
  return { candidate: undefined, place: undefined, contradictions };
};

/**
 * Decides which known visitor an observation belongs to, if any.
 *
 * Tokens come first, in the order given; one that contradicts what the browser shows is a copy and is not followed, nor
 * is its visitor reached by a key. Then the posterior over {each visitor with the same exact key, the unseen crowd of
 * that configuration} is formed; the best is taken at the threshold or above. Pure: the same input, the same decision.
 */
export const decide = (
  observed: Features,
  candidates: Candidate[],
  options: DecisionOptions = defaultDecisionOptions,
): Decision => {
  const token = byToken(candidates, observed);
  const compared = new Set(candidates.map((candidate) => candidate.visitorId)).size;
  if (token.candidate !== undefined) {
    const checked = canRelyOnToken(token.candidate, observed);
    const confidence = checked ? TOKEN_CONFIDENCE : UNCHECKED_CONFIDENCE;
    return {
      match: confidence >= options.threshold ? token.candidate : null,
      confidence: confidence >= options.threshold ? confidence : round(1 - confidence),
      trusted: confidence >= options.trustThreshold,
      tokenContradictions: token.contradictions,
      explanation: {
        method: 'token',
        via: token.place,
        reasons: [
          checked
            ? agreed('signed token names the visitor, and nothing contradicts it', token.place, 1, 'page')
            : agreed('signed token names the visitor, but too little was shown to check it', token.place, 0.5, 'page'),
        ],
        candidates: compared,
      },
    };
  }

  const contradicted = new Set(candidates.filter(({ via }) => via.kind === 'token').map(({ visitorId }) => visitorId));
  const weighed = candidates
    .filter(({ via, visitorId }) => via.kind === 'key' && !contradicted.has(visitorId))
    .map((candidate) => {
      const sameAddress = observed.address !== undefined && candidate.features.address === observed.address;
      return { candidate, sameAddress, weight: sameAddress ? SAME_ADDRESS : 1 };
    })
    .sort((a, b) => b.weight - a.weight || b.candidate.lastSeen.workspace - a.candidate.lastSeen.workspace);
  const crowd = CROWD[observed.os ?? ''] ?? CROWD_DESKTOP;
  const total = weighed.reduce((sum, { weight }) => sum + weight, crowd);
  const best = weighed[0];
  const share = best === undefined ? 0 : best.weight / total;
  const runnersUp = (from: number) =>
    weighed
      .slice(from, from + 3)
      .map(({ candidate, weight }) => ({ visitorId: candidate.visitorId, score: round(weight / total) }));
  const tokenReasons = token.contradictions.map((evidence) => ({ ...evidence, weight: -evidence.weight }));

  if (best !== undefined && best.candidate.via.kind === 'key' && share >= options.threshold) {
    const bits = Math.log2(share / (1 - share));
    const addressBits = best.sameAddress ? Math.log2(SAME_ADDRESS) : 0;
    return {
      match: best.candidate,
      confidence: round(share),
      trusted: share >= options.trustThreshold,
      tokenContradictions: token.contradictions,
      explanation: {
        method: 'key',
        via: best.candidate.via.name,
        reasons: [
          agreed('all stable attributes agree with the visitor', best.candidate.via.name, round(bits - addressBits)),
          agreed(
            best.sameAddress
              ? 'same public address as at the last visit'
              : 'no public address in common with the last visit',
            observed.address ?? '',
            round(addressBits),
            'address',
          ),
          ...tokenReasons,
        ],
        candidates: compared,
        runnersUp: runnersUp(1),
      },
    };
  }

  const comparable = options.comparable ?? block(observed).length > 0;
  return {
    match: null,
    confidence: round((1 - share) * (comparable ? NEW_AT_BEST : NEW_UNCOMPARED)),
    trusted: true,
    tokenContradictions: token.contradictions,
    explanation: {
      method: 'new',
      reasons: [
        ...tokenReasons,
        weighed.length === 0
          ? comparable
            ? agreed('no known visitor has all these attributes', 'stable', 1)
            : agreed('too little was collected in time to compare', String(Object.keys(observed).length), 0, 'page')
          : agreed(
              'known visitors with these attributes cannot be told apart',
              String(weighed.length),
              round(1 - share),
            ),
      ],
      candidates: compared,
      runnersUp: runnersUp(0),
    },
  };
};
