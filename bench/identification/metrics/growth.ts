import { countsOf, type Shares, sharesOf } from './counts.ts';
import type { Answers, Journal } from './journal.ts';

/** A stretch of a replay: the browsers known by its end, its errors, and how long answers took, in microseconds. */
export type Stretch = Shares & { known: number; linkP50: number; linkP99: number };

const STRETCHES = 10;

/** A quantile of microseconds over places of a journal; 0 over none. */
export const quantileOf = (answers: Answers, quantile: number, from = 0, until = answers.micros.length): number => {
  const sorted = answers.micros.sorted(from, until);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))] ?? 0;
};

/** How a matcher does as visitors grow in number: ten stretches with equally many visits each. */
export const growthOf = (journal: Journal, answers: Answers): Stretch[] => {
  const known = new Set<number>();
  return Array.from({ length: STRETCHES }, (_, stretch) => {
    const from = Math.floor((journal.length * stretch) / STRETCHES);
    const until = Math.floor((journal.length * (stretch + 1)) / STRETCHES);
    for (let place = from; place < until; place++) known.add(journal.browsers.at(place));
    const counts = countsOf(journal, answers, (place) => place >= from && place < until);
    return {
      known: known.size,
      ...sharesOf(counts.all, answers.share),
      linkP50: quantileOf(answers, 0.5, from, until),
      linkP99: quantileOf(answers, 0.99, from, until),
    };
  });
};
