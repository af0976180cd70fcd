/** One visit to a page: milliseconds from the script's start to the answer, and the long tasks meanwhile. */
export type Visit = { ms: number; longTasks: { start: number; duration: number }[] };

export type Summary = {
  runs: number;
  median: number;
  p90: number;
  /** Long tasks a visit, on average. */
  longTasks: number;
  /** Median over visits of the longest task; 0 where a visit had none. */
  longestTask: number;
};

const quantile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

const tenth = (value: number): number => Math.round(value * 10) / 10;

export const summarise = (visits: readonly Visit[]): Summary => {
  const times = visits.map(({ ms }) => ms);
  const longest = visits.map(({ longTasks }) => Math.max(0, ...longTasks.map(({ duration }) => duration)));
  return {
    runs: visits.length,
    median: tenth(quantile(times, 0.5)),
    p90: tenth(quantile(times, 0.9)),
    longTasks: tenth(visits.reduce((sum, { longTasks }) => sum + longTasks.length, 0) / visits.length),
    longestTask: tenth(quantile(longest, 0.5)),
  };
};

/** `of` against `base`, to two digits. */
export const ratio = (of: number, base: number): number => Math.round((of / base) * 100) / 100;
