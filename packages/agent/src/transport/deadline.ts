/** A time by which a caller wants an answer. */
export type Deadline = {
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
  /** Milliseconds left, 0 when over. */
  remaining(): number;
  /** Resolves when the time is over; never, where it was cancelled before. */
  readonly over: Promise<void>;
  cancel(): void;
};

/**
 * Starts a deadline `ms` milliseconds away. Time in which the page is hidden does not count: browsers all but stop pages
 * there, and a visitor who comes back should not find a timeout.
 */
export const startDeadline = (ms: number): Deadline => {
  const controller = new AbortController();
  let left = ms;
  let runningSince: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const spent = () => (runningSince === undefined ? 0 : performance.now() - runningSince);
  const stop = () => {
    left = Math.max(0, left - spent());
    runningSince = undefined;
    clearTimeout(timer);
  };
  const follow = () => {
    stop();
    if (document.hidden) return;
    runningSince = performance.now();
    timer = setTimeout(() => {
      stop();
      left = 0;
      document.removeEventListener('visibilitychange', follow);
      controller.abort();
    }, left);
  };
  document.addEventListener('visibilitychange', follow);
  follow();

  return {
    signal: controller.signal,
    remaining: () => Math.max(0, left - spent()),
    over: new Promise((resolve) => controller.signal.addEventListener('abort', () => resolve(), { once: true })),
    cancel: () => {
      stop();
      document.removeEventListener('visibilitychange', follow);
    },
  };
};
