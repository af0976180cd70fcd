import { type CountOf, MINUTE, type Raise } from '@whorl/engine';
import { grownBy } from '../storage/grown-by.ts';
import { type CountStore, FAINTEST } from '../storage/store.ts';
import { SumTable } from './sum-table.ts';

/** Counts kept in memory of each of two generations. Some 25 MB when full. */
const KEPT = 200_000;

/** How long a count is kept at least, and not twice as long, before it is read again, milliseconds: other servers raise the same ones. */
const FRESH = 60_000;

/** The same of one below {@link FEW}: who shares a rare thing with nobody yet hangs on whether another server has just counted one. */
const FRESH_FEW = FRESH / 3;

/** Visitors below which a count is one of few. */
const FEW = 10;

/**
 * How long a key's count is kept before it is read again, milliseconds. What was read together is not read together again,
 * or a visit now and then would read all of them: the time differs by key, and for one key by when it was read.
 */
const freshFor = (key: number, count: number, time: number): number => {
  const mixed = Math.imul((key ^ Math.imul(time / 1_000, 0x9e3779b1)) >>> 1, 0x85ebca6b) >>> 0;
  return (count < FEW ? FRESH_FEW : FRESH) * (1 + mixed / 2 ** 32);
};

/**
 * How common what visitors show is, aged. Most of what a visit asks for was asked by the one before, so counts are kept in
 * memory for a while; and what is counted is written from time to time, each key once, beside the events and not with
 * them. With a process that is killed, the last second of counting is lost, and nothing else.
 */
export class Counts {
  readonly #store: CountStore;
  /** Sums as the store has them with those not written yet, and until when they are fresh. */
  #young = new SumTable();
  #old = new SumTable();
  /** Raised and not written yet. */
  #pending = new SumTable();
  #busy: Promise<void> = Promise.resolve();

  constructor(store: CountStore) {
    this.#store = store;
  }

  /** Makes ready what {@link at} is to be asked, at `time` in unix milliseconds. */
  async prepare(keys: Iterable<number>, time: number): Promise<void> {
    if (this.#young.size >= KEPT) this.#turn();
    const missing = [...this.#missing(keys, time)];
    if (missing.length === 0) return;
    await this.#inTurn(async () => {
      const sums = await this.#store.readCounts(missing);
      const grown = grownBy(time / MINUTE);
      missing.forEach((key, at) => {
        const sum = (sums[at] ?? 0) + (this.#pending.sumOf(key) ?? 0);
        this.#young.set(key, sum, time + freshFor(key, sum / grown, time));
      });
    });
  }

  /** Counts as they stand at a time, of keys made ready before; others are 0. */
  at(time: number): CountOf {
    const grown = grownBy(time / MINUTE);
    return (key) => {
      const sum = this.#young.sumOf(key) ?? this.#old.sumOf(key) ?? 0;
      return sum < FAINTEST ? 0 : sum / grown;
    };
  }

  /** Counts, at once for who asks here and with the next {@link flush} for all. */
  raise(raises: readonly Raise[], time: number): void {
    // By the minute, as `takenBack` has it: who is erased is taken out by the very weight that it was counted with.
    const grown = grownBy(Math.floor(time / MINUTE));
    for (const { key, by } of raises) {
      const more = by * grown;
      // One that is no number would be refused by the store, and with it, at every flush, all others.
      if (!Number.isFinite(more)) throw new RangeError(`count ${key} raised by ${by}`);
      this.#pending.add(key, more);
      // When each is read again stays as it was: what is raised again and again must be read again like all others.
      for (const kept of [this.#young, this.#old]) if (kept.has(key)) kept.add(key, more);
    }
  }

  /** Reads all sums again before they are next asked: something other than {@link raise} has changed them in the store. */
  readAgain(): void {
    for (const kept of [this.#young, this.#old]) kept.setTimes(Number.NEGATIVE_INFINITY);
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
    this.#pending = new SumTable();
    try {
      await this.#store.raiseCounts(Array.from(raised.entries(), ([key, by]) => ({ key, by })));
    } catch (fault) {
      for (const [key, by] of raised.entries()) this.#pending.add(key, by);
      throw fault;
    }
  }

  /** The keys that are not kept, or not fresh any more. The others are of the young generation from now on. */
  #missing(keys: Iterable<number>, time: number): Set<number> {
    const missing = new Set<number>();
    for (const key of keys) {
      if (isFresh(this.#young.timeOf(key), time)) continue;
      const [sum, until] = [this.#old.sumOf(key), this.#old.timeOf(key)];
      if (sum !== undefined && until !== undefined && isFresh(until, time)) this.#young.set(key, sum, until);
      else missing.add(key);
    }
    return missing;
  }

  /** The young are the old from now on, and those who were it are let go of. */
  #turn(): void {
    const gone = this.#old;
    this.#old = this.#young;
    this.#young = gone;
    this.#young.clear();
  }
}

/** Whether a count that is fresh until a time is so now. One of far ahead was read before the clock was set back. */
const isFresh = (until: number | undefined, now: number): boolean =>
  until !== undefined && now < until && until <= now + 2 * FRESH;
