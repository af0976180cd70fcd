import type { Store } from '../storage/store.ts';

/** Rows deleted at a time: deletes cost as much as inserts, and visits must not wait behind them. */
const CHUNK = 100;

/** Rows that one run deletes at most; what is left waits for the next. */
const MOST = 5_000;

/** Forgets what no longer matters: nonces and bodies past their time, counters older than a day. */
export const sweep = async (store: Store, now: number): Promise<void> => {
  for (let swept = 0; swept < MOST; ) {
    const count = await store.sweep(now, CHUNK);
    if (count === 0) return;
    swept += count;
  }
};
