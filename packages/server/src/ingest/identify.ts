import { randomInt } from 'node:crypto';
import type { Identity } from '@whorl/contract';
import {
  type Claim,
  type CountOf,
  countCases,
  countCookieless,
  countJoined,
  countNewcomer,
  type Decision,
  type DeviceRarity,
  decide,
  deviceRarity,
  earlierAddressKeys,
  firstMinuteOf,
  type IdentityModel,
  isReplayed,
  isSameVisit,
  joinedLines,
  keysOf,
  type Line,
  lastShown,
  linkThresholds,
  MINUTE,
  mix,
  type Profile,
  type Raise,
  replayBlindly,
  type Surroundings,
  teachNewcomer,
  teachReturn,
} from '@whorl/engine';
import { newVisitorId } from '../keys/random-id.ts';
import { grownBy } from '../storage/grown-by.ts';
import { scopedKey } from '../storage/scoped-key.ts';
import { BatchMemory, type KnownVisitor } from './batch-memory.ts';
import type { Recalled } from './recall.ts';
import { scopedCounts } from './scoped-counts.ts';

/** An observation with its visitor. */
export type Identified = Recalled & {
  identity: Identity;
  /** Whether the browser may be given a token of this visitor. */
  trusted: boolean;
  /** Whether what is known of the visitor may be overwritten by what this visit shows. */
  teaches: boolean;
  /** Whether it was followed by its token. */
  brought: boolean;
  /** What is to be counted once the event is recorded. */
  raises: Raise[];
  /** How rare its device is among the visitors counted; null where it shows too little to be one of them. */
  rarity: DeviceRarity | null;
};

/** The lines that a known visitor joins by this visit. */
const joinedBy = ({ lines, scopeHash }: Recalled, profile: Profile): Line[] =>
  joinedLines(
    lines,
    [...keysOf(lastShown(profile)).map(({ key }) => key), ...earlierAddressKeys(profile)].map((key) =>
      scopedKey(scopeHash, key),
    ),
  );

/** What a visit that teaches raises the counts by: somebody new, or somebody known. */
const raisesOf = (
  visit: Recalled,
  { match, newcomer, explanation }: Decision,
  known: KnownVisitor | undefined,
  lines: readonly Line[],
  countOf: CountOf,
): Raise[] => {
  const { portrait } = visit;
  if (match === null) return teachNewcomer(countOf, portrait, lines, newcomer);
  const profile = known?.profile ?? null;
  // Known by its token alone, as whoever was recorded before visitors had profiles: it counts from now on.
  if (profile === null) return [...countNewcomer(countOf, portrait, 1), ...countJoined(lines)];
  return teachReturn(countOf, portrait, profile, joinedBy(visit, profile), explanation.method === 'token');
};

const toIdentity = (visit: Recalled, decision: Decision, known: KnownVisitor | undefined): Identity => {
  const { time, found, sighting } = visit;
  const { match, confidence, explanation, tokenContradictions } = decision;
  const configurationAt = visit.keys.findIndex(({ name }) => name === 'configuration');
  // A visitor is new here although its configuration is known here: then it is another device of the same make, and
  // what other workspaces saw of that make says nothing of it.
  const knownHere = found.some(({ foundBy }) => configurationAt >= 0 && (foundBy & (1 << configurationAt)) !== 0);
  const elsewhere = knownHere ? null : sighting;
  return {
    visitorId: match ?? newVisitorId(),
    found: match !== null,
    confidence,
    firstSeen: known?.firstSeen ?? { workspace: time, server: Math.min(time, elsewhere?.first ?? time) },
    lastSeen: known?.lastSeen ?? null,
    tokenContradictions,
    explanation,
  };
};

/** What the draw of replays is mixed with: a client may choose among nonces, and must not choose to be replayed. */
const SECRET = randomInt(2 ** 32);

const drawOf = ({ nonceHash }: Recalled): number => mix(Number.parseInt(nonceHash.slice(0, 8), 16) ^ SECRET);

/** What a visit teaches of how far scores can be believed: its token tells whose it is, or it counts among those without. */
const experienceOf = (
  visit: Recalled,
  decision: Decision,
  known: KnownVisitor | undefined,
  surroundings: Pick<Surroundings, 'candidates' | 'lines' | 'countOf'>,
  model: IdentityModel,
): Raise[] => {
  const { match, explanation } = decision;
  const profile = known?.profile ?? null;
  if (profile !== null && isSameVisit(profile, visit.portrait)) return [];
  if (explanation.method !== 'token') return countCookieless(visit.portrait.minute, decision);
  if (match === null || profile === null) return [];
  if (!isReplayed(visit.portrait, profile, drawOf(visit))) return [];
  return countCases(replayBlindly(visit.portrait, surroundings, { visitorId: match, profile }, model));
};

/** With what weight a known visitor was counted when it first taught, as that has aged since, 0..1; 0 where it taught nothing yet. */
const ownWeight = ({ time }: Recalled, known: KnownVisitor | undefined): number => {
  const profile = known?.profile ?? null;
  return profile === null ? 0 : Math.min(1, grownBy(firstMinuteOf(profile)) / grownBy(time / MINUTE));
};

const identifyOne = (visit: Recalled, memory: BatchMemory, model: IdentityModel): Identified => {
  const { countOf, raised } = scopedCounts(memory.countOf, visit.scopeHash);
  const claims: Claim[] = visit.named.map(({ place, row: { visitorId, features, profile } }) => ({
    place,
    visitorId,
    features,
    profile: memory.visitor(visitorId, visit)?.profile ?? profile,
  }));
  const field = memory.fieldOf(visit);
  const threshold = linkThresholds[visit.workspace.linking];
  const decision = decide(visit, { claims, ...field, countOf }, { model, threshold });
  const known = decision.match === null ? undefined : memory.visitor(decision.match, visit);
  // A copied observation must not teach anything, nor be given a token.
  const trusted = decision.trusted && visit.replay.outcome === 'ok';
  const comparable = visit.keys.length > 0;
  // A visit that showed too little to be compared must not erase what a fuller one has taught.
  const teaches = trusted && (comparable || decision.match === null);
  const counts = teaches && comparable;
  const rarity = comparable ? deviceRarity(countOf, visit.portrait, ownWeight(visit, known)) : null;
  return {
    ...visit,
    identity: toIdentity(visit, decision, known),
    trusted,
    teaches,
    brought: decision.explanation.method === 'token',
    rarity,
    raises: counts
      ? raised([
          ...raisesOf(visit, decision, known, field.lines, countOf),
          ...experienceOf(visit, decision, known, { ...field, countOf }, model),
        ])
      : [],
  };
};

/**
 * Fourth stage: decides the visitor of each observation of a batch, in the order of their arrival. `countOf`: counts as the
 * store has them; `modelOf`: what decides in an identity scope.
 */
export const identify = (
  batch: Recalled[],
  countOf: CountOf,
  modelOf: (scope: number) => IdentityModel,
): Identified[] => {
  const memory = new BatchMemory(countOf);
  return batch.map((recalled) => {
    const identified = identifyOne(
      { ...recalled, replay: memory.replayOf(recalled) },
      memory,
      modelOf(recalled.scopeHash),
    );
    memory.remember(identified);
    return identified;
  });
};
