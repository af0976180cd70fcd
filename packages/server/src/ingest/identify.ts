import type { Identity } from '@whorl/contract';
import { type Candidate, decide, defaultDecisionOptions } from '@whorl/engine';
import { newVisitorId } from '../keys/random-id.ts';
import type { Recalled } from './recall.ts';

/** An observation with its visitor. */
export type Identified = Recalled & {
  identity: Identity;
  /** Whether the browser may be given a token of this visitor, and the visitor's features may be overwritten. */
  trusted: boolean;
};

/**
 * Visitors of one batch that are not in the store yet. Two tabs that open at the same moment lie in one batch; without
 * this the second would not see the first, and one browser would become two visitors.
 */
class Newcomers {
  readonly #byKey = new Map<string, Candidate[]>();
  readonly #lastSeen = new Map<string, number>();
  readonly #nonces = new Set<string>();
  readonly #bodies = new Set<string>();

  candidatesOf(recalled: Recalled): Candidate[] {
    return recalled.keys.flatMap(({ hash }) => this.#byKey.get(hash) ?? []);
  }

  /** When an earlier visit of the batch saw this visitor; 0 when none did. */
  lastSeenOf(visitorId: string): number {
    return this.#lastSeen.get(visitorId) ?? 0;
  }

  replayOf(recalled: Recalled): Recalled['replay'] {
    if (recalled.replay.outcome !== 'ok') return recalled.replay;
    if (this.#nonces.has(recalled.nonceHash)) return { ...recalled.replay, outcome: 'nonce-reused' };
    if (this.#bodies.has(recalled.bodyHash)) return { ...recalled.replay, outcome: 'body-seen' };
    return recalled.replay;
  }

  remember({ keys, features, identity, nonceHash, bodyHash, time, trusted }: Identified): void {
    this.#nonces.add(nonceHash);
    this.#bodies.add(bodyHash);
    this.#lastSeen.set(identity.visitorId, time);
    if (identity.found || !trusted) return;
    const { visitorId, firstSeen } = identity;
    for (const { name, hash } of keys) {
      const candidate: Candidate = { visitorId, via: { kind: 'key', name }, features, firstSeen, lastSeen: firstSeen };
      this.#byKey.set(hash, [...(this.#byKey.get(hash) ?? []), candidate]);
    }
  }
}

const toIdentified = (
  recalled: Recalled,
  candidates: Candidate[],
  seenInBatch: (visitorId: string) => number,
): Identified => {
  const { match, confidence, explanation, trusted, tokenContradictions } = decide(recalled.features, candidates, {
    ...defaultDecisionOptions,
    comparable: recalled.keys.length > 0,
  });
  const { time } = recalled;
  // A visitor is new here although its configuration is known here: then it is another device of the same make, and
  // what other workspaces saw of that make says nothing of it.
  const sighting = candidates.some(({ via }) => via.kind === 'key') ? null : recalled.sighting;
  const identity: Identity = {
    visitorId: match?.visitorId ?? newVisitorId(),
    found: match !== null,
    confidence,
    firstSeen: match?.firstSeen ?? { workspace: time, server: Math.min(time, sighting?.first ?? time) },
    lastSeen:
      match === null
        ? null
        : {
            workspace: Math.max(match.lastSeen.workspace, seenInBatch(match.visitorId)),
            server: Math.max(match.lastSeen.server, seenInBatch(match.visitorId)),
          },
    tokenContradictions,
    explanation,
  };
  // A copied observation must not teach anything, nor be given a token.
  return { ...recalled, identity, trusted: trusted && recalled.replay.outcome === 'ok' };
};

/** Fourth stage: decides the visitor of each observation of a batch, in the order of their arrival. */
export const identify = (batch: Recalled[]): Identified[] => {
  const newcomers = new Newcomers();
  return batch.map((recalled) => {
    const replay = newcomers.replayOf(recalled);
    const candidates = [...recalled.candidates, ...newcomers.candidatesOf(recalled)];
    const identified = toIdentified({ ...recalled, replay }, candidates, (id) => newcomers.lastSeenOf(id));
    newcomers.remember(identified);
    return identified;
  });
};
