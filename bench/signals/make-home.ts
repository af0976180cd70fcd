import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Home } from './clients/client.ts';

/** A home of one run. `leave` ends every program that still has it and removes it. */
export type MadeHome = Home & { leave(): Promise<void> };

/** Programs whose variables name this home: whatever a driver started, and no one else's. Linux only. */
const livingIn = async (folder: string): Promise<number[]> => {
  if (process.platform !== 'linux') return [];
  const mark = `HOME=${folder}\0`;
  const found = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .map(async (name) => {
        const variables = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
        return variables.includes(mark) ? [Number(name)] : [];
      }),
  );
  return found.flat();
};

const endAll = async (folder: string): Promise<void> => {
  for (const pid of await livingIn(folder)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
};

/** Makes a home for one run, with these variables besides its own. */
export const makeHome = async (env: Record<string, string>): Promise<MadeHome> => {
  const folder = await mkdtemp(join(tmpdir(), 'whorl-signals-'));
  return {
    folder,
    env: { ...env, HOME: folder, TMPDIR: folder, XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder },
    leave: async () => {
      await endAll(folder);
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
};
