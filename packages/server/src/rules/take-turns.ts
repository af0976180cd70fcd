import { setImmediate } from 'node:timers/promises';

/** Milliseconds of work after which others are let in. */
const LONGEST_TURN = 10;

export type Turns = {
  /** Monotonic milliseconds. */
  now?: () => number;
  /** Lets everything run that waits. */
  pause?: () => Promise<unknown>;
};

/**
 * Takes turns with the other work of this process. What it returns is awaited between two small pieces of long work: every
 * 10 ms it lets all that waits run first, and then throws the signal's reason when it was aborted meanwhile.
 */
export const takeTurns = (
  signal?: AbortSignal,
  { now = () => performance.now(), pause = setImmediate }: Turns = {},
): (() => Promise<void>) => {
  let began = now();
  return async () => {
    if (now() - began < LONGEST_TURN) return;
    await pause();
    signal?.throwIfAborted();
    began = now();
  };
};
