import type { Frequency, Novelty } from './frequencies.ts';

const DISCOUNTS = [0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98];
const STRENGTHS = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1_000, 3_000];

/** log of the chance that the process gives to a value met so often; that it is a certain one of the new values cancels. */
const logChance = ({ count, total, distinct }: Frequency, { discount, strength }: Novelty): number =>
  Math.log((count > 0 ? count - discount : strength + discount * distinct) / (total + strength));

/**
 * The process that best foretells the values of newcomers, each told from those before it: the highest likelihood on a
 * grid. Without samples, a process by which nearly everything is new.
 */
export const fitNovelty = (samples: readonly Frequency[]): Novelty => {
  let best: Novelty = { discount: 0.5, strength: 10 };
  let most = Number.NEGATIVE_INFINITY;
  if (samples.length === 0) return best;
  for (const discount of DISCOUNTS) {
    for (const strength of STRENGTHS) {
      const novelty = { discount, strength };
      const likelihood = samples.reduce((sum, sample) => sum + logChance(sample, novelty), 0);
      if (likelihood > most) [best, most] = [novelty, likelihood];
    }
  }
  return best;
};
