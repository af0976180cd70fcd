import type { RateLimit } from '@whorl/contract';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { KeyGrant } from '../../storage/store.ts';
import { clientNetwork } from './client-network.ts';
import type { RateLimiter } from './rate-limiter.ts';

/** Keys or addresses that one limit tells apart. Beyond it the one whose window began first is forgotten. */
const MOST_COUNTED = 100_000;

/** Counts against one limit, each key or address in a window of its own. */
class Counter {
  readonly limit: RateLimit;
  readonly #limiter: RateLimiterMemory;
  /** Who has a window, by its beginning. */
  readonly #windows = new Set<string>();

  constructor(limit: RateLimit) {
    this.limit = limit;
    this.#limiter = new RateLimiterMemory({ points: limit.requests, duration: limit.seconds });
  }

  /** 0, or the whole seconds until the window of `who` ends. */
  async take(who: string): Promise<number> {
    try {
      const { isFirstInDuration } = await this.#limiter.consume(who);
      if (isFirstInDuration) await this.#begin(who);
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw refusal;
    }
  }

  /** The limiter forgets windows that have ended, but sets no bound: a flood of addresses must not fill the memory. */
  async #begin(who: string): Promise<void> {
    this.#windows.delete(who);
    this.#windows.add(who);
    if (this.#windows.size <= MOST_COUNTED) return;
    const [oldest = who] = this.#windows;
    this.#windows.delete(oldest);
    await this.#limiter.delete(oldest);
  }
}

const isSame = (one: RateLimit, other: RateLimit): boolean =>
  one.requests === other.requests && one.seconds === other.seconds;

/**
 * Limits of workspaces, counted in the memory of this process: each of several servers allows the limit by itself.
 * A window begins with the first request in it; a limit that is changed starts anew.
 */
export class RateLimits implements RateLimiter {
  /** By workspace and kind of limit, so that there are never more than the workspaces have. */
  readonly #counters = new Map<string, Counter>();

  async take({ key, workspace }: KeyGrant, address: string): Promise<number> {
    const { perKey, perAddress } = workspace.rateLimits;
    const waits = await Promise.all([
      this.#take(`key ${workspace.id}`, perKey, key.id),
      this.#take(`address ${workspace.id}`, perAddress, clientNetwork(address)),
    ]);
    return Math.max(...waits);
  }

  async #take(name: string, limit: RateLimit | null, who: string): Promise<number> {
    if (limit === null) {
      this.#counters.delete(name);
      return 0;
    }
    let counter = this.#counters.get(name);
    if (counter === undefined || !isSame(counter.limit, limit)) {
      counter = new Counter(limit);
      this.#counters.set(name, counter);
    }
    return counter.take(who);
  }
}
