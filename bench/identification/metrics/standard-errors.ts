import type { Counts } from './counts.ts';

/** How far the shares of a sample may be from those of all visits: one standard error, 0..1; null where all were asked about. */
export type StandardErrors = { recognition: number | null; falseMerge: number | null };

/**
 * The standard error of a share in a sample drawn without replacement out of a finite whole (Cochran, 1977, section 3.2). One
 * more hit and one more miss are counted than there were, so that a handful of equal answers does not pass for certainty.
 */
const errorOf = (part: number, whole: number, asked: number): number | null => {
  if (asked >= 1 || whole === 0) return null;
  const near = (part + 1) / (whole + 2);
  return Math.sqrt(((near * (1 - near)) / whole) * (1 - asked));
};

/** `asked`: the share of visits that were asked about. Their errors are those of asking no more; the simulated world is given. */
export const standardErrorsOf = (counts: Counts, asked: number): StandardErrors => ({
  recognition: errorOf(counts.recognised, counts.returning, asked),
  falseMerge: errorOf(counts.falseMerges, counts.visits, asked),
});
