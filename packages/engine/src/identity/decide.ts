import type { Evidence, IdentityExplanation, Linking } from '@whorl/contract';
import { canRelyOnToken, checkToken } from './check-token.ts';
import { explain, toBits } from './explain.ts';
import type { CountOf } from './frequencies.ts';
import type { Candidate, Claim, Decision, Visit } from './identity.ts';
import type { Line } from './lines.ts';
import { link, TRUST } from './link.ts';
import { type IdentityModel, modelOf } from './model.ts';
import type { Known, Posterior } from './posterior.ts';
import { showsEnough } from './shows-enough.ts';
import { weighVisit } from './weigh-visit.ts';

/** A link is made at this confidence or above, 0..1, as the workspace has it. */
export const linkThresholds: Record<Linking, number> = { 'low-risk': 0.5, default: 0.8, strict: 0.95 };

/** Whom a visit may belong to, and how common what it shows is. */
export type Surroundings = {
  /** By tokens, most trusted first. */
  claims: readonly Claim[];
  candidates: readonly Candidate[];
  lines: readonly Line[];
  countOf: CountOf;
};

/** What decides beside the visit. `threshold`: as {@link linkThresholds} has it. */
export type DecisionOptions = { model: IdentityModel; threshold: number };

/** The chance that a believable token names the right visitor: what remains are copied profiles of equal machines. */
const TOKEN_CONFIDENCE = 0.995;

/**
 * The same where too little was shown to check the token, or much speaks against it: enough to link, not enough to teach or to
 * be given a token.
 */
const UNCHECKED_CONFIDENCE = 0.85;

/** Where too little was collected to compare, a new visitor is as likely as one that is known. */
const NEW_UNCOMPARED = 0.5;

/** Others that an explanation names. */
const RUNNERS_UP = 3;

const round = (share: number): number => Math.round(share * 1000) / 1000;

/** A confidence to three places, and never certainty: nobody can have that. */
const asConfidence = (chance: number): number => Math.min(0.999, Math.max(0.001, round(chance)));

const stated = (fact: string, value: string, weight: number, from: string): Evidence => ({ fact, value, weight, from });

/** Bits against it at which a token is a copy: no update, new screen and new graphics card together reach them. */
const COPIED = -50;

/** Bits against it at which a token is followed, and its visit not trusted: so much seldom changes between two visits. */
const DOUBTED = -20;

/** The same of a visit that hides what would tell: who keeps silent must agree in what is left. */
const DOUBTED_SILENT = 0;

/** How much likelier it is that a visit is the claim's visitor than somebody else, in bits; null where nothing is known of it. */
const bitsOf = (
  { visitorId, profile }: Claim,
  { portrait }: Visit,
  { countOf }: Surroundings,
  { model }: DecisionOptions,
) => {
  if (profile === null) return null;
  const { ranked } = weighVisit(portrait, { candidates: [{ id: visitorId, profile }], lines: [] }, countOf, model);
  return ranked[0]?.bits ?? null;
};

/** Why a token cannot have grown in this browser; empty means believable. */
const contradictionsOf = (claim: Claim, visit: Visit, bits: number | null): Evidence[] => {
  const against = checkToken(claim, visit.features);
  if (against.length > 0 || bits === null || bits > COPIED) return against;
  return [stated("nearly all differs from what the token's visitor showed", `${Math.round(bits)} bits`, 1, 'store')];
};

const byToken = (visit: Visit, surroundings: Surroundings, options: DecisionOptions) => {
  const contradictions: Evidence[] = [];
  for (const claim of surroundings.claims) {
    const bits = bitsOf(claim, visit, surroundings, options);
    const against = contradictionsOf(claim, visit, bits);
    if (against.length === 0) {
      const doubted = showsEnough(visit.portrait) ? DOUBTED : DOUBTED_SILENT;
      const checked = canRelyOnToken(claim, visit.features) && (bits === null || bits > doubted);
      return { claim, checked, contradictions };
    }
    contradictions.push(...against);
  }
  return { claim: undefined, checked: false, contradictions };
};

const followToken = (claim: Claim, checked: boolean): Omit<Decision, 'tokenContradictions'> => {
  const confidence = checked ? TOKEN_CONFIDENCE : UNCHECKED_CONFIDENCE;
  return {
    match: claim.visitorId,
    confidence,
    trusted: confidence >= TRUST,
    newcomer: 1 - confidence,
    group: null,
    explanation: {
      method: 'token',
      via: claim.place,
      reasons: [
        checked
          ? stated('signed token names the visitor, and nothing contradicts it', claim.place, 1, 'page')
          : stated('signed token names the visitor, but what was shown does not confirm it', claim.place, 0.5, 'page'),
      ],
      candidates: 1,
    },
  };
};

type Found = Known<string> & { foundBy: Candidate['foundBy'] };
type Ranked = Posterior<string>['ranked'][number];

/** The log-odds of an answer against the next best: another visitor, or a new one. */
const marginOf = (share: number, next: number): number =>
  toBits(Math.log(Math.max(share, 1e-12) / Math.max(next, 1e-12)));

const namesOf = (ranked: readonly Ranked[]): NonNullable<IdentityExplanation['runnersUp']> =>
  ranked.slice(0, RUNNERS_UP).map(({ known, share }) => ({ visitorId: known.id, score: round(share) }));

/** What speaks for the nearest known visitor, whether it is taken or not. */
const nearest = (visit: Visit, posterior: Posterior<string>, best: Ranked, { model }: DecisionOptions) => {
  const odds = Math.log(best.share / Math.max(posterior.newcomer, Number.MIN_VALUE));
  const { foundBy } = best.known as Found;
  return {
    via: foundBy[0] ?? '',
    foundBy,
    reasons: explain(visit.portrait, best.known.profile, posterior, odds, modelOf(model, visit.portrait.os)),
  };
};

const compareVisit = (
  visit: Visit,
  { candidates, lines, countOf }: Surroundings,
  options: DecisionOptions,
): Omit<Decision, 'tokenContradictions'> => {
  const known: Found[] = candidates.map(({ visitorId, profile, foundBy }) => ({ id: visitorId, profile, foundBy }));
  const posterior = weighVisit(visit.portrait, { candidates: known, lines }, countOf, options.model);
  const { best, confidence, trusted } = link(posterior, options.model, { threshold: options.threshold, trust: TRUST });
  const { ranked, newcomer, group } = posterior;
  const first = ranked[0];
  if (first === undefined) {
    const nobody = stated('no known visitor shares a blocking key', String(lines.length), 0, 'store');
    const explanation: IdentityExplanation = { method: 'new', reasons: [nobody], candidates: 0 };
    return { match: null, confidence: asConfidence(confidence), trusted, newcomer, group, explanation };
  }
  const second = ranked[1]?.share ?? 0;
  const { reasons, ...found } = nearest(visit, posterior, first, options);
  return {
    match: best?.known.id ?? null,
    confidence: asConfidence(confidence),
    trusted,
    newcomer,
    group,
    explanation: {
      method: best === null ? 'new' : 'key',
      ...found,
      reasons,
      margin: best === null ? marginOf(newcomer, first.share) : marginOf(first.share, Math.max(second, newcomer)),
      candidates: known.length,
      runnersUp: namesOf(best === null ? ranked : ranked.slice(1)),
    },
  };
};

const tooLittle: Omit<Decision, 'tokenContradictions'> = {
  match: null,
  confidence: NEW_UNCOMPARED,
  trusted: true,
  newcomer: NEW_UNCOMPARED,
  group: null,
  explanation: {
    method: 'new',
    reasons: [stated('too little was collected to compare', 'attributes', 0, 'page')],
    candidates: 0,
  },
};

/**
 * Decides which known visitor a visit belongs to, if any.
 *
 * Tokens come first, in the order given; one that contradicts what the browser shows is a copy and is not followed, nor
 * is its visitor reached by a key. Then the posterior over {each candidate, a new visitor, the unread crowd} is formed and
 * calibrated; the best is taken at the threshold or above. Pure: the same input, the same decision.
 */
export const decide = (visit: Visit, surroundings: Surroundings, options: DecisionOptions): Decision => {
  const { claim, checked, contradictions } = byToken(visit, surroundings, options);
  // An unchecked token is not sure enough for every workspace: there the visit is compared as if it had brought none.
  if (claim !== undefined && (checked || options.threshold <= UNCHECKED_CONFIDENCE)) {
    return { ...followToken(claim, checked), tokenContradictions: contradictions };
  }
  const copied = new Set(claim === undefined ? surroundings.claims.map(({ visitorId }) => visitorId) : []);
  const candidates = surroundings.candidates.filter(({ visitorId }) => !copied.has(visitorId));
  const decision = showsEnough(visit.portrait)
    ? compareVisit(visit, { ...surroundings, candidates }, options)
    : tooLittle;
  const { explanation } = decision;
  const reasons = [
    ...contradictions.map((evidence) => ({ ...evidence, weight: -evidence.weight })),
    ...explanation.reasons,
  ];
  return { ...decision, explanation: { ...explanation, reasons }, tokenContradictions: contradictions };
};
