import { AbortedError, TimeoutError, type VisitError } from '../errors.ts';
import type { Abortable, AbortSignalLike, Runtime } from '../runtime.ts';

/** A time by which a caller wants an answer, or the moment at which it wants none any more. */
export type Deadline = {
  /** Aborted when it is over. */
  readonly signal: Abortable['signal'];
  /** Milliseconds left, 0 when over. */
  remaining(): number;
  /** Resolves when it is over; never, where it was cancelled before. */
  readonly over: Promise<void>;
  isOver(): boolean;
  /** Why it is over. */
  reason(): VisitError;
  cancel(): void;
};

/**
 * Starts a deadline `ms` milliseconds away, or nearer where `outer` is aborted. Systems stop an app's timers while it lies
 * in the background; the time there counts, and it is over when the app comes back.
 */
export const startDeadline = (runtime: Runtime, ms: number, outer?: AbortSignalLike): Deadline => {
  const request = runtime.abortable();
  const end = runtime.now() + ms;
  let isOver = false;
  let wasAborted = false;
  let resolve: () => void = () => undefined;
  const over = new Promise<void>((done) => {
    resolve = done;
  });
  const finish = () => {
    isOver = true;
    request.abort();
    resolve();
  };
  const cancelTimer = runtime.after(ms, finish);
  const abort = () => {
    wasAborted = true;
    cancelTimer();
    finish();
  };
  outer?.addEventListener('abort', abort);
  if (outer?.aborted === true) abort();
  return {
    signal: request.signal,
    remaining: () => (isOver ? 0 : Math.max(0, end - runtime.now())),
    over,
    isOver: () => isOver,
    reason: () => (wasAborted ? new AbortedError() : new TimeoutError()),
    cancel: () => {
      cancelTimer();
      outer?.removeEventListener('abort', abort);
    },
  };
};
