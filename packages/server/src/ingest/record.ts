import type { Workspace } from '@whorl/contract';
import type { EventRecord, RecordOutcome, Store } from '../storage/store.ts';
import type { Identified } from './identify.ts';
import { countryOf, type Judged } from './judge.ts';

/**
 * How long a nonce and a body are remembered after their receipt, in milliseconds. A nonce is given away by its age after
 * ten minutes; a copied body under a fresh nonce by nothing else.
 */
const REMEMBERED = 24 * 60 * 60_000;

/** Keys by one of which every other visit of this browser at this moment would find the visitor, the surest first. */
const ARRIVAL_KEYS = ['address', 'configuration'] as const;

/** A visitor that is new although it could be looked up: another server may be recording the same browser right now. */
const newcomerOf = ({ identity, keys, found }: Identified): EventRecord['newcomer'] => {
  if (identity.found) return null;
  const arrival = ARRIVAL_KEYS.flatMap((name) => keys.find((key) => key.name === name) ?? [])[0];
  return arrival === undefined ? null : { key: arrival.key, knownVisitors: found.map(({ visitorId }) => visitorId) };
};

const lessonOf = ({
  teaches,
  features,
  portrait,
  brought,
  keys,
  deviceKey,
  scopeHash,
  raises,
}: Identified): EventRecord['lesson'] =>
  teaches
    ? { features, portrait, brought, keys: keys.map(({ key }) => key), deviceKey, scope: scopeHash, raises }
    : null;

/** Ids of the webhooks that an event of this workspace and environment is owed to. */
export type OwedTo = (workspace: Workspace, environmentId: string) => string[];

const toRecord = ({ source, event }: Judged, owedTo: OwedTo): EventRecord => ({
  event,
  country: countryOf(source),
  scope: source.scope,
  nonce: source.replay.outcome === 'ok' ? source.nonceHash : null,
  bodyHash: source.bodyHash,
  nonceExpires: source.time + REMEMBERED,
  sightingKey: source.sightingKey,
  newcomer: newcomerOf(source),
  webhookIds: owedTo(source.workspace, source.environment.id),
  lesson: lessonOf(source),
});

/** Sixth stage: one durable transaction for the whole batch. */
export const record = (batch: Judged[], store: Store, owedTo: OwedTo): Promise<RecordOutcome[]> =>
  store.record(batch.map((judged) => toRecord(judged, owedTo)));
