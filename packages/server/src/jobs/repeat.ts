/** Stops a repeated job; resolves when a run that is under way has ended. */
export type Stop = () => Promise<void>;

/**
 * Runs a job again and again, `pause` milliseconds after the end of the last run, so that a slow run never meets itself;
 * the first begins after `first` milliseconds. A run that fails is reported and does not stop the next.
 */
export const repeat = (
  job: () => Promise<unknown>,
  pause: number,
  failed: (error: unknown) => void,
  first = pause,
): Stop => {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  const plan = (after: number) => {
    if (stopped) return;
    timer = setTimeout(() => {
      running = job()
        .catch(failed)
        .finally(() => plan(pause));
    }, after);
    timer.unref();
  };
  plan(first);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
};
