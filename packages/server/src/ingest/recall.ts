import type { Candidate } from '@whorl/engine';
import type { Recollection, Store, VisitorRow } from '../storage/store.ts';
import type { Enriched } from './enrich.ts';

/** An observation with the known visitors that it may belong to, and what was seen of its nonce and body before. */
export type Recalled = Enriched & {
  candidates: Candidate[];
  sighting: { first: number; last: number } | null;
};

const asCandidate = (row: VisitorRow, via: Candidate['via']): Candidate => ({
  visitorId: row.visitorId,
  via,
  features: row.features,
  firstSeen: row.firstSeen,
  lastSeen: row.lastSeen,
});

const toRecalled = (enriched: Enriched, recollection: Recollection): Recalled => {
  const byId = new Map(recollection.visitors.map((row) => [row.visitorId, row]));
  const candidates: Candidate[] = [];
  for (const { place, visitorId } of enriched.claims) {
    const row = byId.get(visitorId);
    if (row !== undefined) candidates.push(asCandidate(row, { kind: 'token', place }));
  }
  recollection.byKey.forEach((rows, at) => {
    const name = enriched.keys[at]?.name;
    if (name === undefined) return;
    for (const row of rows) candidates.push(asCandidate(row, { kind: 'key', name }));
  });

  const { replay } = enriched;
  const reused = recollection.nonceUsed ? 'nonce-reused' : recollection.bodySeen ? 'body-seen' : replay.outcome;
  return {
    ...enriched,
    candidates,
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
      keys: enriched.keys.map(({ hash }) => hash),
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
