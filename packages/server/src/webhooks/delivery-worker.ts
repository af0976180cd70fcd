import type { Delivery, Event } from '@whorl/contract';
import { DELIVERY_WAIT } from '../storage/store.ts';
import { type Attempted, type AttemptParts, attemptDelivery } from './attempt-delivery.ts';
import type { DeliveryLog } from './delivery-log.ts';

/** Deliveries that are taken from the store at once. */
const HANDFUL = 8;

/** Attempts under way of one webhook at which it gets no further ones. One more handful may lie above. */
const BUSY = 8;

/** Attempts under way of all webhooks together. A webhook that does not answer holds a few of them, never all. */
const MOST_UNDER_WAY = 256;

/**
 * How long a delivery that was taken is nobody else's, in milliseconds. An attempt takes three seconds at most; after this
 * the process that took it is dead, or so slow that a second delivery is the lesser evil.
 */
const LEASE = 15_000;

/** How often the store is asked when nothing wakes the worker, in milliseconds: retries fall due, other processes record. */
const PAUSE = 1_000;

export type DeliveryWorkerParts = AttemptParts & { log: DeliveryLog };

/**
 * Sends what is due, at least once, and in order for each visitor and webhook: the store hands out only the oldest of
 * these. Any number of servers may share the work. One that is killed leaves its deliveries to the others, or to itself
 * after its restart, when their lease has run out.
 */
export class DeliveryWorker {
  readonly #parts: DeliveryWorkerParts;
  /** Attempts under way, each with its webhook. */
  readonly #underWay = new Map<Promise<void>, string>();
  #stopping = false;
  #running: Promise<void> = Promise.resolve();
  #woken = false;
  #wakeSleeper: (() => void) | undefined;
  #expected: NodeJS.Timeout | undefined;

  constructor(parts: DeliveryWorkerParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Takes nothing more, and resolves when the attempts under way have ended: within some three seconds. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#expected);
    this.wake();
    await this.#running;
    await Promise.all(this.#underWay.keys());
  }

  /** Something may be due: look now. */
  wake(): void {
    this.#woken = true;
    this.#wakeSleeper?.();
  }

  /** Told of each recorded event: what it is owed to falls due a moment later. */
  recorded({ workspaceId, time }: Event): void {
    if (this.#expected !== undefined || this.#stopping || !this.#parts.directory.hasAny(workspaceId)) return;
    const due = Math.max(0, time + DELIVERY_WAIT - Date.now());
    this.#expected = setTimeout(() => {
      this.#expected = undefined;
      this.wake();
    }, due);
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      this.#woken = false;
      const taken = await this.#take();
      for (const delivery of taken) this.#begin(delivery);
      if (taken.length < HANDFUL) await this.#sleep();
    }
  }

  async #take(): Promise<Delivery[]> {
    const room = Math.min(HANDFUL, MOST_UNDER_WAY - this.#underWay.size);
    if (room <= 0) return [];
    try {
      return await this.#parts.store.claimDeliveries(Date.now(), LEASE, room, this.#busy());
    } catch (error) {
      this.#parts.log.storeFailed(error);
      return [];
    }
  }

  /** Webhooks that have enough under way, and those that get nothing now. */
  #busy(): string[] {
    const counts = new Map<string, number>();
    for (const webhookId of this.#underWay.values()) counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
    const full = [...counts].filter(([, count]) => count >= BUSY).map(([webhookId]) => webhookId);
    return [...full, ...this.#parts.directory.resting()];
  }

  #begin(delivery: Delivery): void {
    const attempt = this.#deliver(delivery).finally(() => {
      this.#underWay.delete(attempt);
      // There is room again, and the next event of the same visitor may be due.
      this.wake();
    });
    this.#underWay.set(attempt, delivery.webhookId);
  }

  /** Never rejects: a delivery whose outcome could not be noted comes up again when its lease has run out. */
  async #deliver(delivery: Delivery): Promise<void> {
    const { store, log } = this.#parts;
    try {
      const attempted: Attempted = await attemptDelivery(delivery, this.#parts);
      await store.settleDelivery(delivery.id, attempted.attempt, attempted.next);
      log.attempted(delivery, attempted);
    } catch (error) {
      log.storeFailed(error);
    }
  }

  #sleep(): Promise<void> {
    if (this.#woken) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wakeSleeper = undefined;
        resolve();
      };
      const timer = setTimeout(wake, PAUSE);
      this.#wakeSleeper = wake;
    });
  }
}
