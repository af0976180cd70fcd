import { DAY, FIRST_DAY } from '../drift/releases.ts';
import type { SimulatedVisit } from '../visits/simulated-visit.ts';

/** How far a replay is, 0..1 of its simulated time, and the visits so far. */
export type Progress = (share: number, visits: number) => void;

/** Visits between two words of progress. */
const EVERY = 2_000;

/** Passes visits on, and tells now and then how far they are. `days`: how long they go on. */
export function* watched(
  visits: Iterable<SimulatedVisit>,
  days: number,
  progress: Progress,
): Generator<SimulatedVisit> {
  let count = 0;
  for (const visit of visits) {
    if (++count % EVERY === 0) progress((visit.time / DAY - FIRST_DAY) / days, count);
    yield visit;
  }
}
