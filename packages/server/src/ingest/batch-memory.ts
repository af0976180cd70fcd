import type { SeenAt } from '@whorl/contract';
import { type Candidate, type CountOf, firstProfile, type Line, nextProfile, type Profile } from '@whorl/engine';
import type { Identified } from './identify.ts';
import { nameKeys } from './name-keys.ts';
import type { Recalled } from './recall.ts';

/** What is known of a visitor: when it was seen, and what it showed; null when no visit of it was shown or trusted. */
export type KnownVisitor = { firstSeen: SeenAt; lastSeen: SeenAt; profile: Profile | null };

const add = <K>(sums: Map<K, number>, key: K, by: number): void => {
  sums.set(key, (sums.get(key) ?? 0) + by);
};

const latest = (a: SeenAt, time: number): SeenAt => ({
  workspace: Math.max(a.workspace, time),
  server: Math.max(a.server, time),
});

/**
 * What the visits of one batch teach before any of it is stored. Two tabs that open at the same moment lie in one batch;
 * without this the second would not see the first, and one browser would become two visitors.
 */
export class BatchMemory {
  readonly #known = new Map<string, KnownVisitor>();
  /** Visitors who are new in this batch, by blocking key. */
  readonly #newcomers = new Map<number, string[]>();
  readonly #raised = new Map<number, number>();
  readonly #nonces = new Set<string>();
  readonly #bodies = new Set<string>();
  readonly #stored: CountOf;

  /** `stored`: counts as the store has them. */
  constructor(stored: CountOf) {
    this.#stored = stored;
  }

  /** Counts with those of the batch so far. */
  readonly countOf: CountOf = (key) => this.#stored(key) + (this.#raised.get(key) ?? 0);

  /** A visitor as it stands after the visits so far. */
  visitor(visitorId: string, { named, found }: Recalled): KnownVisitor | undefined {
    return (
      this.#known.get(visitorId) ??
      found.find((one) => one.visitorId === visitorId) ??
      named.find(({ row }) => row.visitorId === visitorId)?.row
    );
  }

  /** Whom a visit's keys lead to, and how long the lines are, with the newcomers of the batch. */
  fieldOf({ keys, found, lines }: Recalled): { candidates: Candidate[]; lines: Line[] } {
    const newcomers = keys.map(({ key }) => this.#newcomers.get(key) ?? []);
    const namesOf = nameKeys(keys);
    const candidates = found.map(({ visitorId, profile, foundBy }) => ({
      visitorId,
      profile: this.#known.get(visitorId)?.profile ?? profile,
      foundBy: namesOf(foundBy),
    }));
    for (const visitorId of new Set(newcomers.flat())) {
      const profile = this.#known.get(visitorId)?.profile ?? null;
      const mask = newcomers.reduce((bits, line, at) => (line.includes(visitorId) ? bits | (1 << at) : bits), 0);
      if (profile !== null) candidates.push({ visitorId, profile, foundBy: namesOf(mask) });
    }
    return {
      candidates,
      lines: lines.map(({ key, read }, at) => ({ key, read: read + (newcomers[at]?.length ?? 0) })),
    };
  }

  replayOf(recalled: Recalled): Recalled['replay'] {
    if (recalled.replay.outcome !== 'ok') return recalled.replay;
    if (this.#nonces.has(recalled.nonceHash)) return { ...recalled.replay, outcome: 'nonce-reused' };
    if (this.#bodies.has(recalled.bodyHash)) return { ...recalled.replay, outcome: 'body-seen' };
    return recalled.replay;
  }

  remember(identified: Identified): void {
    const { keys, portrait, identity, nonceHash, bodyHash, time, teaches, brought, raises } = identified;
    const { visitorId, firstSeen } = identity;
    this.#nonces.add(nonceHash);
    this.#bodies.add(bodyHash);
    for (const { key, by } of raises) add(this.#raised, key, by);
    const before = this.visitor(visitorId, identified);
    const known = before?.profile ?? null;
    const taught = known === null ? firstProfile(portrait) : nextProfile(known, portrait, brought);
    this.#known.set(visitorId, {
      firstSeen,
      lastSeen: latest(before?.lastSeen ?? firstSeen, time),
      profile: teaches ? taught : known,
    });
    if (identity.found || !teaches) return;
    for (const { key } of keys) this.#newcomers.set(key, [...(this.#newcomers.get(key) ?? []), visitorId]);
  }
}
