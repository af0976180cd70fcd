import type { Event } from '@whorl/contract';
import { type ClaimedDelivery, DELIVERY_WAIT } from '../storage/store.ts';
import { Admission } from './admission.ts';
import { type Attempted, type AttemptParts, attemptDelivery } from './attempt-delivery.ts';

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
  readonly #admission: Admission;
  /** Attempts under way. */
  readonly #underWay = new Set<Promise<void>>();
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
    this.#admission = new Admission(parts.directory);
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
    await Promise.all(this.#underWay);
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
      if (!(await this.#take())) await this.#sleep();
    }
  }

  /** Takes what is due and begins to send it. Whether more may be due. */
  async #take(): Promise<boolean> {
    const { handful } = this.#admission;
    if (handful <= 0) return false;
    try {
      const rooms = this.#admission.rooms();
      const taken = await this.#parts.store.claimDeliveries(Date.now(), LEASE, handful, rooms);
      const more = this.#admission.taken(taken, handful);
      for (const delivery of taken) this.#begin(delivery);
      return more;
    } catch (error) {
      this.#parts.reporter.storeFailed(error);
      return false;
    }
  }

  #begin(delivery: ClaimedDelivery): void {
    const attempt: Promise<void> = this.#attempt(delivery).finally(() => this.#underWay.delete(attempt));
    this.#underWay.add(attempt);
  }

  /** Never rejects: a delivery that the store failed to help with comes up again when its lease has run out. */
  async #attempt(delivery: ClaimedDelivery): Promise<void> {
    try {
      const attempted = await attemptDelivery(delivery, this.#parts);
      this.#admission.attempted(delivery, attempted);
      this.#ended.push({ delivery, attempted });
    } catch (error) {
      this.#parts.reporter.storeFailed(error);
      this.#admission.ended(delivery);
    }
    // There is room again soon, and the next event of the same visitor may be due.
    this.#wakeIn(BREATH);
  }

  /** Notes the outcomes of what has ended. Never rejects, likewise. */
  async #settle(): Promise<void> {
    const ended = this.#ended;
    this.#ended = [];
    if (ended.length === 0) return;
    const { store, reporter } = this.#parts;
    try {
      await store.settleDeliveries(
        ended.map(({ delivery: { id, claim }, attempted }) => ({ deliveryId: id, claim, ...attempted })),
      );
      for (const { delivery, attempted } of ended) reporter.attempted(delivery, attempted);
    } catch (error) {
      reporter.storeFailed(error);
    }
    for (const { delivery } of ended) this.#admission.ended(delivery);
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
