import type { Evidence } from '@whorl/contract';

/** Two statements of one browser about itself that cannot both be true. */
export type Contradiction = {
  /** What the statements are about: `cores`, `gpu`, `userAgent` … */
  about: string;
  /** Its weight is the chance that the browser was tampered with, 0..1. */
  evidence: Evidence;
};
