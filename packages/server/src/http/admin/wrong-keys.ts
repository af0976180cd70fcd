import { RateLimiterMemory } from 'rate-limiter-flexible';
import { clientNetwork } from '../server-api/client-network.ts';

/** Wrong keys that one address may send in a minute. */
const MOST_WRONG_KEYS = 60;

/**
 * Counts wrong keys by the address that they came from, so that nobody can try keys by the thousand. Always on: whoever
 * has a right key does not notice.
 */
export class WrongKeys {
  readonly #limiter = new RateLimiterMemory({ points: MOST_WRONG_KEYS, duration: 60 });

  /** 0, or the whole seconds that this address has to wait before another key of its is looked at. */
  async wait(address: string): Promise<number> {
    const count = await this.#limiter.get(clientNetwork(address));
    return count !== null && count.consumedPoints >= MOST_WRONG_KEYS
      ? Math.max(1, Math.ceil(count.msBeforeNext / 1000))
      : 0;
  }

  async count(address: string): Promise<void> {
    await this.#limiter.penalty(clientNetwork(address));
  }
}
