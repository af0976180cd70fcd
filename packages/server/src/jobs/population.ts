import type { PopulationFacts } from '@whorl/engine';
import type { DailyEventsSample, Store } from '../storage/store.ts';

const DAY = 24 * 60 * 60_000;

/** Newest events that a look takes its visitors from: some 20 ms of the store's time. */
const SAMPLE = 5_000;

/** With fewer visitors in a day a 99th percentile is one visitor's whim. */
const FEWEST_VISITORS = 200;

/**
 * The 99th percentile of daily events per visitor, or null when too few visitors are known. Where visitors were drawn by
 * their events, each is weighed by the inverse of its chance to be drawn (Horvitz and Thompson 1952), or busy visitors
 * would look usual.
 */
export const dailyEventsP99 = ({ counts, complete }: DailyEventsSample): number | null => {
  if (counts.length < FEWEST_VISITORS) return null;
  const weight = (count: number) => (complete ? 1 : 1 / count);
  const sorted = [...counts].sort((a, b) => a - b);
  const most = sorted.reduce((sum, count) => sum + weight(count), 0) * 0.99;
  let sum = 0;
  for (const count of sorted) {
    sum += weight(count);
    if (sum >= most) return count;
  }
  return sorted.at(-1) ?? null;
};

/** What the visitors of each workspace usually do, as of the last look. Lost at a restart, and learnt anew. */
export class Population {
  readonly #store: Store;
  readonly #known = new Map<string, PopulationFacts>();

  constructor(store: Store) {
    this.#store = store;
  }

  of(workspaceId: string): PopulationFacts {
    return this.#known.get(workspaceId) ?? { dailyEventsP99: null };
  }

  /** Looks at the day before `now` in every workspace. */
  async refresh(now: number): Promise<void> {
    for (const { id } of await this.#store.workspaces()) {
      this.#known.set(id, { dailyEventsP99: dailyEventsP99(await this.#store.dailyEvents(id, now - DAY, SAMPLE)) });
    }
  }
}
