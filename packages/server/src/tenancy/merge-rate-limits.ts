import type { RateLimit, Workspace } from '@whorl/contract';

/** Limits as a change gives them: what is missing stays. */
export type RateLimitChange = { perKey?: RateLimit | null | undefined; perAddress?: RateLimit | null | undefined };

/** Rate limits with a change applied, each of the two by itself. */
export const mergeRateLimits = (
  { perKey, perAddress }: Workspace['rateLimits'],
  change: RateLimitChange,
): Workspace['rateLimits'] => ({
  perKey: change.perKey === undefined ? perKey : change.perKey,
  perAddress: change.perAddress === undefined ? perAddress : change.perAddress,
});
