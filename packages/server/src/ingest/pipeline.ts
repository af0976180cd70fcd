import { randomBytes, randomInt } from 'node:crypto';
import type { IngestAnswer } from '@whorl/contract';
import { countsAsked, type IdentityModel, type JudgeOptions } from '@whorl/engine';
import { makeNonce } from '../keys/nonce.ts';
import { makeProof } from '../keys/proof.ts';
import { makeToken } from '../keys/token.ts';
import { BUCKETS, makeRequestId } from '../storage/request-id.ts';
import { scopedKey } from '../storage/scoped-key.ts';
import { type Store, VISITORS_PER_KEY } from '../storage/store.ts';
import { announce, type EventListener } from './announce.ts';
import { openAnswer, sealedAnswer } from './answer.ts';
import { BatchQueue, type Settled } from './batch-queue.ts';
import type { Counts } from './counts.ts';
import { type Enriched, enrich, type NetworkLookup } from './enrich.ts';
import { identify } from './identify.ts';
import type { ReportIgnored } from './ignored-evidence.ts';
import type { Outcome } from './ingest-error.ts';
import { type Judged, judge, type PopulationOf } from './judge.ts';
import type { ReportFailure } from './judge-failure.ts';
import { LocalModels } from './local-models.ts';
import { type Recalled, recall } from './recall.ts';
import { type Delivery, receive } from './receive.ts';
import { type OwedTo, record } from './record.ts';
import { sealEvent } from './seal-event.ts';
import { sealingKeyOf } from './sealing-key.ts';

/** Largest group commit. Beyond this a batch no longer gets cheaper per event. */
const LARGEST_BATCH = 128;

/** How often an event may lose the race for its id or nonce before something is wrong. */
const MOST_ATTEMPTS = 4;

/** The server's secrets, each for one purpose. */
export type PipelineSecrets = { token: Buffer; nonce: Buffer; proof: Buffer; zone: Buffer; app: Buffer };

/** What the pipeline is told of its own work, for the metrics. Durations in milliseconds. */
export type PipelineGauges = { batch(size: number, duration: number): void };

export type PipelineParts = {
  store: Store;
  lookup: NetworkLookup;
  populationOf: PopulationOf;
  /** How common what visitors show is. */
  counts: Counts;
  /** What decides which visits are one visitor's, as shipped. */
  model: IdentityModel;
  secrets: PipelineSecrets;
  owedTo: OwedTo;
  listeners: readonly EventListener[];
  gauges: PipelineGauges;
  reportFailure: ReportFailure;
  reportIgnored: ReportIgnored;
  /** Other judges and points than the usual ones. */
  judgeOptions?: JudgeOptions | undefined;
};

/**
 * Keys of all counts that the visits of a batch are weighed by. Who joined a line is only asked where not all of it may have been
 * read, with those that the batch itself may add.
 */
const askedBy = (batch: readonly Recalled[]): number[] => {
  const asked: number[] = [];
  for (const { portrait, scopeHash, lines } of batch) {
    if (lines.length === 0) continue;
    const long = lines.filter(({ read }) => read + batch.length > VISITORS_PER_KEY);
    const keys = countsAsked(
      portrait,
      long.map(({ key }) => key),
    );
    for (const key of keys) asked.push(scopedKey(scopeHash, key));
  }
  return asked;
};

/** receive ▶ enrich ▶ recall ▶ identify ▶ judge ▶ record ▶ announce, and the answer to the page. */
export class Pipeline {
  readonly #parts: PipelineParts;
  readonly #models: LocalModels;
  readonly #queue: BatchQueue<Enriched, Judged>;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
    this.#models = new LocalModels(parts.model, parts.counts);
    this.#queue = new BatchQueue((batch) => this.#process(batch), LARGEST_BATCH);
  }

  /** A refusal, or the answer once the event is durable. Rejects when the store is out of order; nothing is then acknowledged. */
  async submit(delivery: Delivery): Promise<Outcome<IngestAnswer>> {
    const { secrets, lookup } = this.#parts;
    const received = receive(delivery, secrets.nonce);
    if (!received.ok) return received;
    const { source, event } = await this.#queue.push(enrich(received.value, lookup, secrets));
    const { workspace, environment, scope, extended, trusted, api } = source;
    const seals = {
      token: trusted ? makeToken(secrets.token, scope, event.identity.visitorId) : undefined,
      nextNonce: makeNonce(secrets.nonce, environment.id, Date.now()),
      proof: makeProof(secrets.proof, delivery.publicKey, event.id),
    };
    const key = sealingKeyOf(workspace, environment);
    const hidden = new Set(workspace.disabledFeatures);
    if (key === null) return { ok: true, value: openAnswer(event, seals, { extended, hidden }) };
    return { ok: true, value: sealedAnswer(event, seals, sealEvent(event, api, workspace, key)) };
  }

  /** Resolves when every observation that was submitted has been answered. */
  drained(): Promise<void> {
    return this.#queue.drained();
  }

  async #process(batch: Enriched[]): Promise<Settled<Judged>[]> {
    const started = performance.now();
    const done = new Map<Enriched, Judged>();
    let left = batch;
    let failure: unknown;
    try {
      for (let attempt = 0; left.length > 0; attempt++) {
        if (attempt === MOST_ATTEMPTS) throw new Error(`${left.length} events found no free id in ${attempt} attempts`);
        left = await this.#attempt(left, done);
      }
    } catch (error) {
      // What an earlier attempt has recorded stays recorded, and is answered.
      failure = error;
    }
    const { listeners, gauges, reportFailure, reportIgnored } = this.#parts;
    for (const { source, event, failures } of done.values()) {
      if (source.ignored.length > 0) reportIgnored({ requestId: event.id, sources: source.ignored });
      for (const failed of failures) reportFailure({ ...failed, requestId: event.id });
    }
    gauges.batch(batch.length, performance.now() - started);
    announce(
      [...done.values()].map(({ event }) => event),
      listeners,
    );
    return batch.map((enriched) => {
      const value = done.get(enriched);
      return value === undefined ? { ok: false, reason: failure } : { ok: true, value };
    });
  }

  /** Takes a batch through the stages once. Adds what was recorded to `done`, and answers what lost a race. */
  async #attempt(batch: Enriched[], done: Map<Enriched, Judged>): Promise<Enriched[]> {
    const { store, populationOf, owedTo, counts } = this.#parts;
    // One bucket for the whole batch: its rows lie together, in one shard of a cluster.
    const bucket = randomInt(BUCKETS);
    const time = Date.now();
    const recalled = await recall(batch, store);
    await this.#models.prepare(
      recalled.map(({ scopeHash }) => scopeHash),
      time,
    );
    await counts.prepare(askedBy(recalled), time);
    const identified = identify(recalled, counts.at(time), (scope) => this.#models.of(scope));
    const makeId = (time: number) => makeRequestId(time, bucket, randomBytes(8));
    const judged = await judge(identified, { store, populationOf, makeId, options: this.#parts.judgeOptions });
    const outcomes = await record(judged, store, owedTo);
    const lost: Enriched[] = [];
    batch.forEach((enriched, at) => {
      const result = judged[at];
      if (result === undefined || outcomes[at] !== 'recorded') lost.push(enriched);
      else {
        counts.raise(result.source.raises, result.source.time);
        done.set(enriched, result);
      }
    });
    return lost;
  }
}
