/** A score and whether what it spoke for was right. Any number; higher is surer. */
export type Judged = { score: number; right: boolean };

/** A step function that rises: of those who score from `from` on, up to the next step, `chance` were right. By rising `from`. */
export type Curve = readonly { from: number; chance: number }[];

/** Counts that every step leans on, so that a step of few is never certain. */
const BEGUN = 1;

/** The fewest that a step rests on. */
const FEWEST = 30;

/** Samples that score from `from` on: how many, and how many of them were right. */
export type CurveStep = { from: number; right: number; count: number };

const chanceOf = ({ right, count }: CurveStep): number => (right + BEGUN / 2) / (count + BEGUN);

/** Steps of the fewest that are allowed, by rising score; equal scores are never parted. */
const firstSteps = (sorted: readonly Judged[]): CurveStep[] => {
  const steps: CurveStep[] = [];
  for (const { score, right } of sorted) {
    const last = steps.at(-1);
    if (last === undefined || (last.count >= FEWEST && score > last.from))
      steps.push({ from: score, right: right ? 1 : 0, count: 1 });
    else {
      last.count++;
      if (right) last.right++;
    }
  }
  return steps;
};

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al. 1955; Zadrozny and Elkan 2002 for probabilities): the
 * rising curve that fits these steps best. By rising `from`.
 */
export const poolViolators = (steps: readonly CurveStep[]): Curve => {
  const pooled: CurveStep[] = [];
  for (const step of steps) {
    let last = step;
    for (
      let before = pooled.at(-1);
      before !== undefined && chanceOf(before) >= chanceOf(last);
      before = pooled.at(-1)
    ) {
      pooled.pop();
      last = { from: before.from, right: before.right + last.right, count: before.count + last.count };
    }
    pooled.push(last);
  }
  return pooled.map((step) => ({ from: step.from, chance: chanceOf(step) }));
};

/** The rising curve that fits samples best; empty without any. */
export const fitCurve = (samples: readonly Judged[]): Curve =>
  poolViolators(firstSteps([...samples].sort((a, b) => a.score - b.score)));

/** What a score stands for: the chance of the step it falls on, and of the lowest below all; `fallback` without a curve. */
export const calibrated = (curve: Curve | undefined, score: number, fallback: number): number => {
  if (curve === undefined || curve.length === 0 || Number.isNaN(score)) return fallback;
  let chance = curve[0]?.chance ?? fallback;
  for (const step of curve) {
    if (step.from > score) break;
    chance = step.chance;
  }
  return chance;
};
