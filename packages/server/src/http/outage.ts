import { StoreError, type StoreProblem } from '../storage/store-error.ts';

/**
 * What passes, by itself or by the operator's hand, while the server goes on running: whole seconds after which another
 * try may succeed. The others, such as a damaged file, do not pass by waiting.
 */
const PASSING: Partial<Record<StoreProblem, number>> = {
  locked: 1,
  unavailable: 3,
  'disk-full': 60,
  'not-writable': 60,
};

/**
 * Whole seconds to wait where a request failed because the database cannot serve it for now, which is a 503 with
 * `Retry-After` (RFC 9110, 15.6.4); undefined for every other failure.
 */
export const outageOf = (error: unknown): number | undefined =>
  error instanceof StoreError ? PASSING[error.problem] : undefined;
