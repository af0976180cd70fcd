import { share } from './counts.ts';
import { type GroupName, isIn } from './groups.ts';
import type { Answers, Journal } from './journal.ts';
import { verdicts } from './verdicts.ts';

/** Answers whose confidences lie close together: how many, their mean confidence, and the share that was right. */
export type Bin = { count: number; confidence: number; right: number };

export type Calibration = {
  /** Expected calibration error over a hundred bins of equal width, 0..1; null where no confidence was given. */
  ece: number | null;
  /** Not empty ones of twenty bins, for a plot. */
  bins: Bin[];
};

type Sums = { count: number; confidence: number; right: number };

const sumsOf = (bins: number): Sums[] => Array.from({ length: bins }, () => ({ count: 0, confidence: 0, right: 0 }));

const FINE = 100;
const COARSE = 20;

const add = (bins: Sums[], confidence: number, right: boolean): void => {
  const bin = bins[Math.min(bins.length - 1, Math.floor(confidence * bins.length))];
  if (bin === undefined) throw new RangeError(`a confidence of ${confidence}`);
  bin.count++;
  bin.confidence += confidence;
  bin.right += Number(right);
};

/**
 * How true confidences are (Naeini et al., 2015): of links to an id that was there, or of new ids. A new id is right at a
 * browser's very first visit alone. Only visits that are measured count.
 */
export const calibrationOf = (
  journal: Journal,
  answers: Answers,
  of: 'links' | 'newcomers',
  group: GroupName = 'all',
): Calibration => {
  const fine = sumsOf(FINE);
  const coarse = sumsOf(COARSE);
  for (const { place, right } of verdicts(journal, answers)) {
    const confidence = answers.confidences.at(place);
    const counts =
      answers.foundAt(place) === (of === 'links') && answers.measuredAt(place) && !Number.isNaN(confidence);
    if (!counts || !isIn(journal.groups.at(place), group)) continue;
    add(fine, confidence, right);
    add(coarse, confidence, right);
  }
  const all = fine.reduce((sum, { count }) => sum + count, 0);
  const off = fine.reduce((sum, { confidence, right }) => sum + Math.abs(confidence - right), 0);
  const bins = coarse
    .filter(({ count }) => count > 0)
    .map(({ count, confidence, right }) => ({ count, confidence: confidence / count, right: right / count }));
  return { ece: share(off, all), bins };
};
