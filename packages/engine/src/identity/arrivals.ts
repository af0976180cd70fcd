import type { CountOf, Raise } from './frequencies.ts';
import { joinHashes } from './hash-text.ts';

/** Part of the keys of these counts. Stored: never renumber. */
const ARRIVALS = 8;

const MINUTES_A_DAY = 1440;

/** After so many days an arrival counts half. */
const HALF_LIFE = 7;

/** New visitors a day that are expected beside those that came: nobody knows yet who comes to a site that has just begun. */
const EXPECTED = 3;

/** Days that are looked back on: three half-lives. */
const DAYS = 21;

const days = Array.from({ length: DAYS }, (_, ago) => ago);

const dayKey = (subject: number, day: number): number => joinHashes(subject, day);
const dayOf = (minute: number): number => Math.floor(minute / MINUTES_A_DAY);

/** Keys that {@link newPerDay} asks for. */
export const arrivalKeys = (minute: number): number[] => days.map((ago) => dayKey(ARRIVALS, dayOf(minute) - ago));

/** What to count for a visitor that is new with a chance of `share`, 0..1. */
export const countArrival = (minute: number, share: number): Raise[] => [
  { key: dayKey(ARRIVALS, dayOf(minute)), by: share },
];

/** So many a day, as of late. */
const perDay = (subject: number, countOf: CountOf, minute: number): number => {
  const today = (minute % MINUTES_A_DAY) / MINUTES_A_DAY;
  let counted = 0;
  for (const ago of days) {
    counted += countOf(dayKey(subject, dayOf(minute) - ago)) * 2 ** (-Math.max(0, ago - 1 + today) / HALF_LIFE);
  }
  return (counted * Math.LN2) / HALF_LIFE;
};

/** Those of the last twenty-four hours. */
const lastDay = (countOf: CountOf, minute: number): number => {
  const today = (minute % MINUTES_A_DAY) / MINUTES_A_DAY;
  const arrived = (ago: number): number => countOf(dayKey(ARRIVALS, dayOf(minute) - ago));
  return arrived(0) + (1 - today) * arrived(1);
};

/**
 * New visitors a day, as of late: on the average of some weeks, or today, where today are more. On a site's first day, and on
 * that of a campaign, hardly anybody who comes without a token has been there before. `minute`: now, in minutes since 1970.
 */
export const newPerDay = (countOf: CountOf, minute: number): number =>
  EXPECTED + Math.max(perDay(ARRIVALS, countOf, minute), lastDay(countOf, minute));
