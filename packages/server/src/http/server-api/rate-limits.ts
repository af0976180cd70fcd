import type { RateLimit } from '@whorl/contract';
import type { KeyGrant } from '../../storage/store.ts';
import { clientNetwork } from './client-network.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { WindowCounter } from './window-counter.ts';

const isSame = (one: RateLimit, other: RateLimit): boolean =>
  one.requests === other.requests && one.seconds === other.seconds;

/**
 * Limits of workspaces, counted in the memory of this process: each of several servers allows the limit by itself.
 * A window begins with the first request in it; a limit that is changed starts anew.
 */
export class RateLimits implements RateLimiter {
  /** By workspace and kind of limit, so that there are never more than the workspaces have. */
  readonly #counters = new Map<string, WindowCounter>();

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
      counter = new WindowCounter(limit);
      this.#counters.set(name, counter);
    }
    return counter.take(who);
  }
}
