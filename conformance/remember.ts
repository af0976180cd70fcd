import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningWhorl, startWhorl, type WhorlOptions } from '@whorl/testing';

/** What a server knew when it was stopped. */
export type Remembered<T> = {
  /** What the visits had told. */
  told: T;
  /** Starts a server that knows as much and no more: what one test teaches, no other finds. */
  again<R>(use: (whorl: RunningWhorl) => Promise<R>): Promise<R>;
  forget(): Promise<void>;
};

/** Runs a server while `teach` visits it, and keeps its data: browsers take their time, and copies of a folder do not. */
export const remember = async <T>(
  env: NonNullable<WhorlOptions['env']>,
  teach: (whorl: RunningWhorl) => Promise<T>,
): Promise<Remembered<T>> => {
  const whorl = await startWhorl({ env });
  const told = await teach(whorl);
  await whorl.terminate();
  return {
    told,
    again: async (use) => {
      const dataDir = await mkdtemp(join(tmpdir(), 'whorl-remembered-'));
      await cp(whorl.dataDir, dataDir, { recursive: true });
      const copy = await startWhorl({ env, dataDir });
      try {
        return await use(copy);
      } finally {
        await copy.stop();
        await rm(dataDir, { recursive: true, force: true });
      }
    },
    forget: () => whorl.stop(),
  };
};
