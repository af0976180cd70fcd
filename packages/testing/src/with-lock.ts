import { open, readFile, rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { isAlive } from './is-alive.ts';

const POLL_MS = 200;

const take = async (path: string): Promise<boolean> => {
  try {
    const file = await open(path, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
};

/** The holder of a lock that died without letting go leaves its number behind; an empty file is one being written. */
const isAbandoned = async (path: string): Promise<boolean> => {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text !== '' && !isAlive(Number(text));
};

/**
 * Runs `work` while this process holds the lock file at `path`, so that processes of one machine take turns.
 *
 * A lock whose holder is dead is taken over. Rejects when the lock was not free within `timeoutMs` milliseconds.
 */
export const withLock = async <T>(path: string, work: () => Promise<T>, timeoutMs = 600_000): Promise<T> => {
  const deadline = Date.now() + timeoutMs;
  while (!(await take(path))) {
    if (await isAbandoned(path)) await rm(path, { force: true });
    else if (Date.now() > deadline) throw new Error(`${path} was held for more than ${timeoutMs} ms`);
    else await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
};
