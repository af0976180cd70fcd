import type { FastifyBaseLogger } from 'fastify';
import { repeat } from './repeat.ts';

/**
 * Work that is done again and again beside the requests, for the first time after `first` milliseconds, or a pause.
 * `failure`: what to say in the log where it goes wrong.
 */
export type Job = { run: () => Promise<unknown>; pause: number; first?: number; failure: string };

/** Starts the jobs; a failure is logged, and the job tried again after its pause. Resolves when all have come to rest. */
export const startJobs = (jobs: readonly Job[], log: Pick<FastifyBaseLogger, 'error'>): (() => Promise<void>) => {
  const stops = jobs.map(({ run, pause, first, failure }) =>
    repeat(run, pause, (error) => log.error({ err: error }, failure), first),
  );
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
};
