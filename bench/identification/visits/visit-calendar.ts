import type { Random } from '../population/random.ts';

/** Visits of one browser a day: the median, and how heavy the tail is. A few come daily, most once a month or less. */
export const MEDIAN_RATE = 0.045;
export const SIGMA = 1.35;
export const MOST_A_DAY = 6;

/** After a visit: the chance of another soon, in the same session or later that day, and how soon, in days. */
export const AGAIN = { chance: 0.3, days: 0.12 };

/** After a visit: the chance that the browser never comes back, replaced, reinstalled or no longer interested. */
export const GOES = 0.03;

/** Browsers that are there from the start; the others arrive throughout. */
export const FROM_THE_START = 0.55;

/** A binary heap of browsers by the day of their next visit; equal days in the order of their numbers. */
export class VisitCalendar {
  private readonly heap: Int32Array;
  private readonly days: Float64Array;
  private readonly rates: Float64Array;
  private readonly random: Random;
  private size = 0;

  /**
   * `first` and `last` bound the simulation, in days since the epoch. `appointed` are browsers whose first visit is on a
   * day that is not theirs to choose.
   */
  constructor(browsers: number, first: number, last: number, random: Random, appointed: ReadonlyMap<number, number>) {
    this.heap = new Int32Array(browsers);
    this.days = new Float64Array(browsers);
    this.random = random;
    this.rates = Float64Array.from({ length: browsers }, () =>
      Math.min(MOST_A_DAY, MEDIAN_RATE * random.logNormal(SIGMA)),
    );
    for (let browser = 0; browser < browsers; browser++) {
      const early = first + random.exponential(this.rates[browser] ?? 0);
      const settled = random.chance(FROM_THE_START) && early < last;
      const day = settled ? early : first + random.next() * (last - first);
      this.push(browser, appointed.get(browser) ?? day);
    }
  }

  /** The browser whose visit is next, and its day; undefined when nobody comes any more. Then call {@link plan}. */
  next(): { browser: number; day: number } | undefined {
    if (this.size === 0) return undefined;
    const browser = this.heap[0] ?? 0;
    return { browser, day: this.days[browser] ?? 0 };
  }

  /** Replaces the visit that was next by the one after it, or by none. `day` overrides when that is. */
  plan(day?: number): void {
    const browser = this.heap[0] ?? 0;
    const next = day ?? this.later(browser);
    if (next === Number.POSITIVE_INFINITY) {
      this.size--;
      this.heap[0] = this.heap[this.size] ?? 0;
    } else this.days[browser] = next;
    this.sink();
  }

  private push(browser: number, day: number): void {
    this.days[browser] = day;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = this.heap[parent] ?? 0;
      if (!this.before(browser, above)) break;
      this.heap[at] = above;
      at = parent;
    }
    this.heap[at] = browser;
  }

  private later(browser: number): number {
    const now = this.days[browser] ?? 0;
    if (this.random.chance(GOES)) return Number.POSITIVE_INFINITY;
    if (this.random.chance(AGAIN.chance)) return now + this.random.exponential(1 / AGAIN.days);
    return now + this.random.exponential(this.rates[browser] ?? 0);
  }

  private before(one: number, other: number): boolean {
    const [a, b] = [this.days[one] ?? 0, this.days[other] ?? 0];
    return a < b || (a === b && one < other);
  }

  private sink(): void {
    const moved = this.heap[0] ?? 0;
    let at = 0;
    for (;;) {
      let child = at * 2 + 1;
      if (child >= this.size) break;
      if (child + 1 < this.size && this.before(this.heap[child + 1] ?? 0, this.heap[child] ?? 0)) child++;
      const below = this.heap[child] ?? 0;
      if (!this.before(below, moved)) break;
      this.heap[at] = below;
      at = child;
    }
    if (this.size > 0) this.heap[at] = moved;
  }
}
