import type { Event } from '@whorl/contract';
import { type ClaimedDelivery, DELIVERY_WAIT } from '../storage/store.ts';
import { type Attempted, type AttemptParts, attemptDelivery } from './attempt-delivery.ts';

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

/**
 * How long after the end of an attempt its outcome is noted and more is asked for, in milliseconds: attempts that end
 * together then cost one transaction, not one each.
 */
const BREATH = 20;

/**
 * Sends what is due, at least once, and in order for each visitor and webhook: the store hands out only the oldest of
 * these. Any number of servers may share the work. One that is killed leaves its deliveries to the others, or to itself
 * after its restart, when their lease has run out.
 */
export class DeliveryWorker {
  readonly #parts: AttemptParts;
  /** Attempts under way by their deliveries' ids, each with its webhook. One ends when its outcome has been noted. */
  readonly #underWay = new Map<string, { webhookId: string; attempt: Promise<void> }>();
  /** Attempts whose outcome is still to be noted. */
  #ended: { delivery: ClaimedDelivery; attempted: Attempted }[] = [];
  #stopping = false;
  #running: Promise<void> = Promise.resolve();
  #woken = false;
  #wakeSleeper: (() => void) | undefined;
  /** Wakes the worker at this moment of the process's clock. */
  #alarm: { timer: NodeJS.Timeout; at: number } | undefined;

  constructor(parts: AttemptParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** Takes nothing more, and resolves when the attempts under way have ended: within some three seconds. */
  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#alarm?.timer);
    this.wake();
    await this.#running;
    await Promise.all([...this.#underWay.values()].map(({ attempt }) => attempt));
    await this.#settle();
  }

  /** Something may be due: look now. */
  wake(): void {
    this.#woken = true;
    this.#wakeSleeper?.();
  }

  /** Told of each recorded event: what it is owed to falls due a moment later. */
  recorded({ workspaceId, time }: Event): void {
    if (this.#parts.directory.hasAny(workspaceId)) this.#wakeIn(Math.max(0, time + DELIVERY_WAIT - Date.now()));
  }

  /** Wakes after so many milliseconds, unless something does so before. */
  #wakeIn(delay: number): void {
    const at = performance.now() + delay;
    if (this.#stopping || (this.#alarm !== undefined && this.#alarm.at <= at)) return;
    clearTimeout(this.#alarm?.timer);
    const ring = () => {
      this.#alarm = undefined;
      this.wake();
    };
    this.#alarm = { timer: setTimeout(ring, delay), at };
  }

  async #run(): Promise<void> {
    while (!this.#stopping) {
      this.#woken = false;
      await this.#settle();
      const taken = await this.#take();
      for (const delivery of taken) this.#begin(delivery);
      if (taken.length < HANDFUL) await this.#sleep();
    }
  }

  async #take(): Promise<ClaimedDelivery[]> {
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
    for (const { webhookId } of this.#underWay.values()) counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
    const full = [...counts].filter(([, count]) => count >= BUSY).map(([webhookId]) => webhookId);
    return [...full, ...this.#parts.directory.resting()];
  }

  #begin(delivery: ClaimedDelivery): void {
    this.#underWay.set(delivery.id, { webhookId: delivery.webhookId, attempt: this.#attempt(delivery) });
  }

  /** Never rejects: a delivery that the store failed to help with comes up again when its lease has run out. */
  async #attempt(delivery: ClaimedDelivery): Promise<void> {
    try {
      const attempted = await attemptDelivery(delivery, this.#parts);
      this.#ended.push({ delivery, attempted });
    } catch (error) {
      this.#parts.log.storeFailed(error);
      this.#underWay.delete(delivery.id);
    }
    // There is room again soon, and the next event of the same visitor may be due.
    this.#wakeIn(BREATH);
  }

  /** Notes the outcomes of what has ended. Never rejects, likewise. */
  async #settle(): Promise<void> {
    const ended = this.#ended;
    this.#ended = [];
    if (ended.length === 0) return;
    const { store, log } = this.#parts;
    try {
      await store.settleDeliveries(
        ended.map(({ delivery: { id, claim }, attempted }) => ({ deliveryId: id, claim, ...attempted })),
      );
      for (const { delivery, attempted } of ended) log.attempted(delivery, attempted);
    } catch (error) {
      log.storeFailed(error);
    }
    for (const { delivery } of ended) this.#underWay.delete(delivery.id);
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
