/** Upper ends of the spans of time between two visits, in days; the last span is open. */
export const SPANS = [0.5, 2, 5, 10, 30] as const;
export const SPAN_COUNT = SPANS.length + 1;

const MINUTES_A_DAY = 1440;

/** Which span a time of so many minutes falls into. */
export const spanOf = (minutes: number): number => {
  const days = minutes / MINUTES_A_DAY;
  let span = 0;
  while (span < SPANS.length && days > (SPANS[span] ?? 0)) span++;
  return span;
};
