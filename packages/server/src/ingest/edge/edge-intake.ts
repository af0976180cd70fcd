import { randomBytes, randomInt } from 'node:crypto';
import type { EdgeEvent } from '@whorl/contract';
import { BUCKETS, makeRequestId } from '../../storage/request-id.ts';
import type { Store } from '../../storage/store.ts';
import { BatchQueue, type Settled } from '../batch-queue.ts';
import type { ReportFailure } from '../judge-failure.ts';
import { type EdgeDraft, type EdgeKnowledge, type EdgeOrigin, judgeEdgeRequest } from './judge-edge-request.ts';
import type { ReportedRequest } from './read-edge-request.ts';

/** Largest group commit, as for visits. */
const LARGEST_BATCH = 128;

/** How often an event may find its id taken before something is wrong. */
const MOST_ATTEMPTS = 4;

export type EdgeParts = EdgeKnowledge & { store: Pick<Store, 'recordEdge'>; reportFailure: ReportFailure };

/** Judges requests that servers report, and records them in group commits. */
export class EdgeIntake {
  readonly #parts: EdgeParts;
  readonly #queue: BatchQueue<EdgeDraft, EdgeEvent>;

  constructor(parts: EdgeParts) {
    this.#parts = parts;
    this.#queue = new BatchQueue((batch) => this.#record(batch), LARGEST_BATCH);
  }

  /** The event, once it is durable. Rejects when the store is out of order. */
  async submit(request: ReportedRequest, origin: EdgeOrigin): Promise<EdgeEvent> {
    const { draft, failures } = judgeEdgeRequest(request, origin, this.#parts);
    const event = await this.#queue.push(draft);
    for (const failure of failures) this.#parts.reportFailure({ ...failure, requestId: event.id });
    return event;
  }

  /** Resolves when every request that was submitted has been answered. */
  drained(): Promise<void> {
    return this.#queue.drained();
  }

  async #record(batch: EdgeDraft[]): Promise<Settled<EdgeEvent>[]> {
    const done = new Map<EdgeDraft, EdgeEvent>();
    let failure: unknown = new Error(`an edge event found no free id in ${MOST_ATTEMPTS} attempts`);
    try {
      for (let attempt = 0; attempt < MOST_ATTEMPTS && done.size < batch.length; attempt++) {
        await this.#attempt(
          batch.filter((draft) => !done.has(draft)),
          done,
        );
      }
    } catch (error) {
      // What an earlier attempt has recorded stays recorded, and is answered.
      failure = error;
    }
    return batch.map((draft) => {
      const value = done.get(draft);
      return value === undefined ? { ok: false, reason: failure } : { ok: true, value };
    });
  }

  /** Gives each draft an id and records it. Adds to `done` those whose id was free. */
  async #attempt(drafts: EdgeDraft[], done: Map<EdgeDraft, EdgeEvent>): Promise<void> {
    // One bucket for the whole batch: its rows lie together, in one shard of a cluster.
    const bucket = randomInt(BUCKETS);
    const events = drafts.map((draft) => ({ ...draft, id: makeRequestId(draft.time, bucket, randomBytes(8)) }));
    const recorded = await this.#parts.store.recordEdge(events);
    drafts.forEach((draft, at) => {
      const event = events[at];
      if (event !== undefined && recorded[at] === true) done.set(draft, event);
    });
  }
}
