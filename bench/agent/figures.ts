/** One visit to a page: milliseconds from the script's start to the answer, and the long tasks meanwhile. */
export type Visit = { ms: number; longTasks: { start: number; duration: number }[] };

export type Summary = {
  runs: number;
  median: number;
  p90: number;
  /** Long tasks a visit, on average. */
  longTasks: number;
  /** Milliseconds in long tasks a visit, on average. */
  longTaskMs: number;
};

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

const tenth = (value: number): number => Math.round(value * 10) / 10;

export const summarise = (visits: readonly Visit[]): Summary => {
  const times = visits.map(({ ms }) => ms);
  const tasks = visits.flatMap(({ longTasks }) => longTasks);
  return {
    runs: visits.length,
    median: tenth(quantile(times, 0.5)),
    p90: tenth(quantile(times, 0.9)),
    longTasks: tenth(tasks.length / visits.length),
    longTaskMs: tenth(tasks.reduce((sum, { duration }) => sum + duration, 0) / visits.length),
  };
};

/** `of` against `base`, to two digits; null against nothing. */
export const ratio = (of: number, base: number): number | null =>
  base === 0 ? null : Math.round((of / base) * 100) / 100;
