import type { Returning } from './model.ts';
import { SPANS } from './spans.ts';

/** When one visitor came, in days since any beginning, in order; and until when it was watched. */
export type VisitHistory = { days: readonly number[]; until: number };

const VISITS = [0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6];
const DAYS = [0.3, 1, 3, 10, 30, 100];

type Prior = { visits: number; days: number };

/** Events that a rate of `(n + visits) / (t + days)` foretells between two ages of a visitor, in days. */
const expected = (n: number, from: number, to: number, { visits, days }: Prior): number =>
  (n + visits) * Math.log((to + days) / (from + days));

/** Every wait for a next visit: how many there were before it, the ages it lasts from and to, and whether one came. */
function* waits({ days, until }: VisitHistory): Generator<{ n: number; from: number; to: number; came: boolean }> {
  const first = days[0] ?? 0;
  for (let at = 0; at < days.length; at++) {
    const from = (days[at] ?? 0) - first;
    const next = days[at + 1];
    yield { n: at + 1, from, to: (next ?? until) - first, came: next !== undefined };
  }
}

const likelihood = (histories: readonly VisitHistory[], prior: Prior): number => {
  let total = 0;
  for (const history of histories) {
    for (const { n, from, to, came } of waits(history)) {
      total -= expected(n, from, to, prior);
      if (came) total += Math.log((n + prior.visits) / (to + prior.days));
    }
  }
  return total;
};

/** For each span since the last visit, how many came for each that was expected. */
const recencyOf = (histories: readonly VisitHistory[], prior: Prior): number[] => {
  const ends = [...SPANS, Number.POSITIVE_INFINITY];
  const came = ends.map(() => 0.5);
  const due = ends.map(() => 0.5);
  for (const history of histories) {
    for (const wait of waits(history)) {
      let begun = 0;
      ends.forEach((end, span) => {
        const [from, to] = [wait.from + begun, Math.min(wait.to, wait.from + end)];
        begun = end;
        if (to <= from) return;
        due[span] = (due[span] ?? 0) + expected(wait.n, from, to, prior);
        if (wait.came && wait.to - wait.from <= end) came[span] = (came[span] ?? 0) + 1;
      });
    }
  }
  return ends.map((_, span) => (came[span] ?? 1) / (due[span] ?? 1));
};

/** The rates by which these visitors came back: a gamma prior of the highest likelihood on a grid, then recency. */
export const fitReturning = (histories: readonly VisitHistory[]): Returning => {
  let best: Prior = { visits: 0.2, days: 10 };
  let most = Number.NEGATIVE_INFINITY;
  for (const visits of VISITS) {
    for (const days of DAYS) {
      const found = likelihood(histories, { visits, days });
      if (found > most) [best, most] = [{ visits, days }, found];
    }
  }
  return { ...best, recency: recencyOf(histories, best) };
};
