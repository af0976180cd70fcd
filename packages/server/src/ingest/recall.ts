import type { Line } from '@whorl/engine';
import type { FoundVisitor, Recollection, Store, VisitorRow } from '../storage/store.ts';
import type { Enriched } from './enrich.ts';

/** An observation with the known visitors that it may belong to, and what was seen of its nonce and body before. */
export type Recalled = Enriched & {
  /** Visitors that tokens name, in the order of the claims. */
  named: { place: Enriched['claims'][number]['place']; row: VisitorRow }[];
  /** Visitors that blocking keys led to. */
  found: FoundVisitor[];
  /** How many were read under each blocking key. */
  lines: Line[];
  sighting: { first: number; last: number } | null;
};

const toRecalled = (enriched: Enriched, recollection: Recollection): Recalled => {
  const byId = new Map(recollection.visitors.map((row) => [row.visitorId, row]));
  const named = enriched.claims.flatMap(({ place, visitorId }) => {
    const row = byId.get(visitorId);
    return row === undefined ? [] : [{ place, row }];
  });
  const { replay } = enriched;
  const reused = recollection.nonceUsed ? 'nonce-reused' : recollection.bodySeen ? 'body-seen' : replay.outcome;
  return {
    ...enriched,
    named,
    found: recollection.found,
    lines: enriched.keys.map(({ key }, at) => ({ key, read: recollection.read[at] ?? 0 })),
    sighting: recollection.sighting,
    replay: replay.outcome === 'nonce-forged' ? replay : { ...replay, outcome: reused },
  };
};

/** Third stage: one question to the store for the whole batch. */
export const recall = async (batch: Enriched[], store: Store): Promise<Recalled[]> => {
  const recollections = await store.recall(
    batch.map((enriched) => ({
      workspaceId: enriched.workspace.id,
      visitorIds: [...new Set(enriched.claims.map(({ visitorId }) => visitorId))],
      keys: enriched.keys.map(({ key }) => key),
      nonce: enriched.nonceHash,
      bodyHash: enriched.bodyHash,
      sightingKey: enriched.sightingKey,
    })),
  );
  return batch.map((enriched, at) => {
    const recollection = recollections[at];
    if (recollection === undefined) throw new Error('the store answered fewer recollections than it was asked for');
    return toRecalled(enriched, recollection);
  });
};
