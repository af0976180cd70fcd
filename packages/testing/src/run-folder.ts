import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './is-alive.ts';

const NAME = /^whorl-run-(\d+)-/;

/** Milliseconds that a folder of a run which seems to be over is left alone: its process may be one that we cannot see. */
const SPARED = 60 * 60_000;

const isAbandoned = (path: string, pid: number): boolean => {
  const mine = process.getuid?.();
  const { uid, mtimeMs } = statSync(path);
  return (mine === undefined || uid === mine) && !isAlive(pid) && Date.now() - mtimeMs > SPARED;
};

/** Removes what runs have left behind in `folder` that were ended by force. */
export const sweepRunFolders = (folder: string): void => {
  for (const name of readdirSync(folder)) {
    const pid = NAME.exec(name)?.[1];
    const path = join(folder, name);
    try {
      if (pid !== undefined && isAbandoned(path, Number(pid))) rmSync(path, { recursive: true, force: true });
    } catch {
      // Another run is removing it at the same moment, or it has become somebody else's.
    }
  }
};

/** Makes a folder in `folder` for everything temporary of the run that this process leads. */
export const makeRunFolder = (folder: string): string => {
  const made = mkdtempSync(join(folder, `whorl-run-${process.pid}-`));
  // PostgreSQL runs as another user and has to get to the folder of its own in it, though not to see what else there is.
  chmodSync(made, 0o711);
  return made;
};

/** Removes a run's folder, also where a program that has been ended is still busy with its last files. */
export const removeRunFolder = (path: string): void => {
  if (existsSync(path)) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
};
