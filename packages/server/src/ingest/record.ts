import { NONCE_LIFETIME } from '../keys/nonce.ts';
import type { EventRecord, RecordOutcome, Store } from '../storage/store.ts';
import { countryOf, type Judged } from './judge.ts';

/**
 * How long a body is remembered after its receipt, in milliseconds. As long as a nonce can be used twice over: after
 * that a copy is given away by the age of its nonce.
 */
const REMEMBERED = 2 * NONCE_LIFETIME;

const toRecord = ({ source, event }: Judged): EventRecord => ({
  event,
  country: countryOf(source),
  nonce: source.replay.outcome === 'ok' ? source.nonceHash : null,
  bodyHash: source.bodyHash,
  nonceExpires: source.time + REMEMBERED,
  sightingKey: source.sightingKey,
  profile: source.trusted ? { features: source.features, keys: source.keys.map(({ hash }) => hash) } : null,
});

/** Sixth stage: one durable transaction for the whole batch. */
export const record = (batch: Judged[], store: Store): Promise<RecordOutcome[]> => store.record(batch.map(toRecord));
