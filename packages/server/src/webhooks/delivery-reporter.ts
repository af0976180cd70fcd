import type { Delivery } from '@whorl/contract';
import type { Attempted } from './attempt-delivery.ts';

/** What of the server's logger is used here. */
export type Logger = Record<'info' | 'warn' | 'error', (facts: object, message: string) => void>;

/** How an attempt ended: the receiver has it, it will be tried again, or it was given up. */
export type AttemptOutcome = 'delivered' | 'retried' | 'failed';

/** Told of each attempt, for the metrics. `duration` in milliseconds. */
export type DeliveryGauges = { attempted(outcome: AttemptOutcome, duration: number): void };

/**
 * Tells the operator and the metrics how deliveries go. A receiver that is down fails thousands of times: the log has a
 * line when it begins to fail, one when it works again, and one for each delivery that was given up.
 */
export class DeliveryReporter {
  readonly #log: Logger;
  readonly #gauges: DeliveryGauges;
  readonly #failing = new Set<string>();

  constructor(log: Logger, gauges: DeliveryGauges) {
    this.#log = log;
    this.#gauges = gauges;
  }

  attempted({ id, webhookId, requestId }: Delivery, { attempts, next }: Attempted): void {
    const outcome: AttemptOutcome = next.state === 'pending' ? 'retried' : next.state;
    const { status, error, duration } = attempts.at(-1) ?? { status: null, error: null, duration: 0 };
    for (const lost of attempts.slice(0, -1)) this.#gauges.attempted('retried', lost.duration);
    this.#gauges.attempted(outcome, duration);
    if (outcome === 'delivered') {
      if (this.#failing.delete(webhookId)) this.#log.info({ webhookId }, 'a webhook works again');
      return;
    }
    if (outcome === 'failed') {
      this.#log.warn({ webhookId, deliveryId: id, requestId, status, error }, 'a webhook delivery was given up');
    }
    if (this.#failing.has(webhookId)) return;
    this.#failing.add(webhookId);
    this.#log.warn({ webhookId, status, error }, 'a webhook fails; its deliveries are tried again for a day');
  }

  /** The event could not be brought into the webhook's form. */
  broken({ id, webhookId, requestId }: Delivery, error: unknown): void {
    this.#log.error(
      { err: error, webhookId, deliveryId: id, requestId },
      'an event could not be written for a webhook',
    );
  }

  /** The store did not answer; what was under way comes up again. */
  storeFailed(error: unknown): void {
    this.#log.error({ err: error }, 'webhook deliveries are held up');
  }
}
