import type { KeyGrant } from '../../storage/store.ts';

/** Counts requests against the limits of their workspace. */
export interface RateLimiter {
  /** Counts a request; 0 when it may go on, else the whole seconds to wait, 1 or more. Refused requests count as well. */
  take(grant: KeyGrant, address: string): Promise<number>;
}
