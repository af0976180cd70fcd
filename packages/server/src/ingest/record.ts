import type { EventRecord, RecordOutcome, Store } from '../storage/store.ts';
import type { Identified } from './identify.ts';
import { countryOf, type Judged } from './judge.ts';

/**
 * How long a nonce and a body are remembered after their receipt, in milliseconds. A nonce is given away by its age after
 * ten minutes; a copied body under a fresh nonce by nothing else.
 */
const REMEMBERED = 24 * 60 * 60_000;

/** A visit that showed too little for a key must not erase what a fuller one has taught. */
const teaches = ({ trusted, keys, identity }: Identified): boolean => trusted && (keys.length > 0 || !identity.found);

const toRecord = ({ source, event }: Judged): EventRecord => ({
  event,
  country: countryOf(source),
  nonce: source.replay.outcome === 'ok' ? source.nonceHash : null,
  bodyHash: source.bodyHash,
  nonceExpires: source.time + REMEMBERED,
  sightingKey: source.sightingKey,
  profile: teaches(source) ? { features: source.features, keys: source.keys.map(({ hash }) => hash) } : null,
});

/** Sixth stage: one durable transaction for the whole batch. */
export const record = (batch: Judged[], store: Store): Promise<RecordOutcome[]> => store.record(batch.map(toRecord));
