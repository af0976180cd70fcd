/** What sums are counted as of: the beginning of 2026, UTC, in minutes since 1970. Stored: never change. */
const EPOCH_MINUTE = Date.UTC(2026, 0, 1) / 60_000;

/** After so long what was counted weighs half: 90 days. Stored: never change. */
const HALF_LIFE_MINUTES = 90 * 24 * 60;

/**
 * How much heavier what is counted in a minute weighs than what was counted at the epoch. Counts age without being touched:
 * each is stored multiplied by this, and a reader divides by that of its own time. Forward decay (Cormode, Shkapenyuk,
 * Srivastava and Xu 2009, "Forward Decay: A Practical Time Decay Model for Streaming Systems"). A double holds it for 250 years.
 *
 * @param minute minutes since 1970; before the epoch the result is below 1
 */
export const grownBy = (minute: number): number => 2 ** ((minute - EPOCH_MINUTE) / HALF_LIFE_MINUTES);
