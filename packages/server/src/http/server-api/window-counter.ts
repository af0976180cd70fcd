import type { RateLimit } from '@whorl/contract';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Keys or addresses that one limit tells apart. Beyond it the one whose window began first is forgotten. */
const MOST_COUNTED = 100_000;

/** Counts against one limit in the memory of this process, each key or address in a window of its own. */
export class WindowCounter {
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
