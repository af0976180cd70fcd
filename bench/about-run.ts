import { execFileSync } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { cpus } from 'node:os';
import { dirname } from 'node:path';

/** What cannot be read on a command line: told to the caller in one line. */
export class UsageError extends Error {}

/** The commit that runs; `+` where files differ from it, unknown outside a repository. */
export const commit = (): string => {
  try {
    return execFileSync('git', ['--no-optional-locks', 'describe', '--always', '--exclude=*', '--dirty=+'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown';
  }
};

/** Processors and the version of Node. */
export const machine = (): string => `${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, Node ${process.version}`;

/** Finds out before the work, not after it, that there is no place for the figures. Throws a {@link UsageError}. */
export const checkPlace = async (file: string): Promise<void> => {
  const isFolder = async (path: string) => (await stat(path).catch(() => undefined))?.isDirectory() === true;
  if (!(await isFolder(dirname(file)))) throw new UsageError(`--out: there is no folder ${dirname(file)}`);
  if (await isFolder(file)) throw new UsageError(`--out: ${file} is a folder`);
};
