import { type CountOf, MINUTE, type Raise } from '@whorl/engine';
import { grownBy } from '../storage/grown-by.ts';
import type { CountStore } from '../storage/store.ts';

/** Counts kept in memory of each of two generations. Some 30 MB when full. */
const KEPT = 200_000;

/** How long a count may be kept before it is read again, milliseconds: other servers raise the same ones. */
const FRESH = 10_000;

/**
 * How common what visitors show is, aged. Most of what a visit asks for was asked by the one before, so counts are kept in
 * memory for a while; and what is counted is written from time to time, each key once, beside the events and not with
 * them. With a process that is killed, the last second of counting is lost, and nothing else.
 */
export class Counts {
  readonly #store: CountStore;
  #young = new Map<number, number>();
  #old = new Map<number, number>();
  #turned = 0;
  /** Raised and not written yet. */
  #pending = new Map<number, number>();
  #busy: Promise<void> = Promise.resolve();

  constructor(store: CountStore) {
    this.#store = store;
  }

  /** Makes ready what {@link at} is to be asked, at `time` in unix milliseconds. */
  async prepare(keys: Iterable<number>, time: number): Promise<void> {
    this.#turn(time);
    const missing = [...new Set(keys)].filter((key) => !this.#isKept(key));
    if (missing.length === 0) return;
    const sums = await this.#inTurn(() => this.#store.readCounts(missing));
    missing.forEach((key, at) => {
      if (!this.#isKept(key)) this.#young.set(key, (sums[at] ?? 0) + (this.#pending.get(key) ?? 0));
    });
  }

  /** Counts as they stand at a time, of keys made ready before; others are 0. */
  at(time: number): CountOf {
    const grown = grownBy(time / MINUTE);
    return (key) => (this.#young.get(key) ?? this.#old.get(key) ?? 0) / grown;
  }

  /** Counts, at once for who asks here and with the next {@link flush} for all. */
  raise(raises: readonly Raise[], time: number): void {
    // By the minute, as profiles have it: who is forgotten is taken out by the very weight that it was counted with.
    const grown = grownBy(Math.floor(time / MINUTE));
    for (const { key, by } of raises) {
      const more = by * grown;
      this.#pending.set(key, (this.#pending.get(key) ?? 0) + more);
      // Each stays in its generation: what is raised again and again must be read again like all others.
      for (const kept of [this.#young, this.#old]) {
        const sum = kept.get(key);
        if (sum !== undefined) kept.set(key, sum + more);
      }
    }
  }

  /** Writes what was raised; what cannot be written stays for the next time, and the fault is passed on. */
  flush(): Promise<void> {
    return this.#inTurn(() => this.#write());
  }

  /** While something is being written, nobody can tell whether it is in the store already: reads and writes take turns. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#busy.then(work);
    this.#busy = done.then(
      () => undefined,
      () => undefined,
    );
    return done;
  }

  async #write(): Promise<void> {
    if (this.#pending.size === 0) return;
    const raised = this.#pending;
    this.#pending = new Map();
    try {
      await this.#store.raiseCounts([...raised].map(([key, by]) => ({ key, by })));
    } catch (fault) {
      for (const [key, by] of raised) this.#pending.set(key, (this.#pending.get(key) ?? 0) + by);
      throw fault;
    }
  }

  #isKept(key: number): boolean {
    return this.#young.has(key) || this.#old.has(key);
  }

  /** Lets go of what is old: kept for a whole generation, or one of too many. */
  #turn(time: number): void {
    if (this.#young.size < KEPT && Math.abs(time - this.#turned) < FRESH) return;
    this.#old = this.#young;
    this.#young = new Map();
    this.#turned = time;
  }
}
