import type { Workspace } from '@whorl/contract';
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

/** A visitor that is new although its keys could be looked up: another server may be recording the same browser right now. */
const newcomerOf = ({ identity, keys, candidates }: Identified): EventRecord['newcomer'] =>
  identity.found || keys.length === 0
    ? null
    : { keys: keys.map(({ hash }) => hash), knownVisitors: candidates.map(({ visitorId }) => visitorId) };

/** The visitor is found again by its keys and, for the sake of its relatives, under its device's. */
const profileOf = ({ features, keys, deviceKey }: Identified): EventRecord['profile'] => ({
  features,
  keys: [...keys.map(({ hash }) => hash), ...(deviceKey === null ? [] : [deviceKey])],
});

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
  profile: teaches(source) ? profileOf(source) : null,
});

/** Sixth stage: one durable transaction for the whole batch. */
export const record = (batch: Judged[], store: Store, owedTo: OwedTo): Promise<RecordOutcome[]> =>
  store.record(batch.map((judged) => toRecord(judged, owedTo)));
