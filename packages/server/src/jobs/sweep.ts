import { setTimeout as pause } from 'node:timers/promises';
import type { Store } from '../storage/store.ts';

/** Rows of each kind deleted at a time: some milliseconds, for a delete costs as much as an insert. */
const CHUNK = 100;

/** Milliseconds between two chunks, in which visits are served. */
const BREATH = 10;

/** Milliseconds that one run goes on for at most; what is left waits for the next. */
const LONGEST = 20_000;

/** Forgets what no longer matters: nonces and bodies past their time, counters older than a day. */
export const sweep = async (store: Pick<Store, 'sweep'>, now: number): Promise<void> => {
  const end = performance.now() + LONGEST;
  while (performance.now() < end && (await store.sweep(now, CHUNK)) > 0) await pause(BREATH);
};
