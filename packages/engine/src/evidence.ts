import type { Evidence, Json } from '@whorl/contract';

/** One piece of evidence. `weight`: positive for the signal, negative against it, 0 for context; 0..1 in size. */
export const evidence = (fact: string, value: Json, weight: number, from: string): Evidence => ({
  fact,
  value,
  weight,
  from,
});

/**
 * The chance that at least one of several independent indications is right: 1 - product of (1 - weight). Weights that
 * are not positive do not take part. 0..1.
 */
export const anyOf = (weighed: readonly Evidence[]): number =>
  1 - weighed.reduce((rest, { weight }) => (weight > 0 ? rest * (1 - Math.min(weight, 1)) : rest), 1);

/** Rounds a share to three digits, so that events do not carry the noise of floating point. */
export const share = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000;

/** Farthest time that `Date` can hold, milliseconds (ECMA-262, 21.4.1.1). */
const LAST_TIME = 8.64e15;

/** ISO 8601 of unix milliseconds, or undefined where that is no time. */
export const isoTime = (millis: number): string | undefined =>
  Math.abs(millis) <= LAST_TIME ? new Date(millis).toISOString() : undefined;
