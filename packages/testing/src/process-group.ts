import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { atExit } from './at-exit.ts';

/** A running program with all that it started. */
export type ProcessGroup = {
  child: ChildProcess;
  pid: number;
  /** Resolves to the exit code, or null when a signal ended it. */
  exited: Promise<number | null>;
  /** Asks all of it to end, waits up to `graceMs` milliseconds, then ends it; resolves when nothing of it is left. */
  stop(graceMs?: number): Promise<void>;
  /** SIGKILL to all of it; resolves when nothing of it is left. */
  kill(): Promise<void>;
};

export type ProcessGroupOptions = {
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Whether file descriptor 3 is a pipe that the parent reads, besides stdout and stderr. */
  extraPipe?: boolean;
};

const signalGroup = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    // A negative number means the whole group; Windows has no such thing.
    return process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch {
    return false;
  }
};

/** State and group of a process: the fields after the name, which may hold anything, in `/proc/<pid>/stat`. */
const isRunningInGroup = async (pid: string, group: number): Promise<boolean> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [state, , ofGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return state !== 'Z' && Number(ofGroup) === group;
};

/**
 * Orphans that have ended stay in the group until process 1 notices, which in many containers is never. On Linux they
 * can be told from those that run.
 */
const isGroupAlive = async (pid: number): Promise<boolean> => {
  if (!signalGroup(pid, 0)) return false;
  if (process.platform !== 'linux') return true;
  const numbers = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return (await Promise.all(numbers.map((number) => isRunningInGroup(number, pid)))).includes(true);
};

const untilGone = async (pid: number, withinMs: number): Promise<boolean> => {
  const deadline = Date.now() + withinMs;
  while (await isGroupAlive(pid)) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
};

/** Starts a program as the leader of a process group of its own. Rejects when it cannot be started. */
export const startProcessGroup = async (
  file: string,
  args: readonly string[],
  options: ProcessGroupOptions = {},
): Promise<ProcessGroup> => {
  const child = spawn(file, args, {
    detached: process.platform !== 'win32',
    stdio: options.extraPipe === true ? ['ignore', 'pipe', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe'],
    env: options.env ?? process.env,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  // A test run that ends early must not leave browsers behind.
  const letOff = atExit(() => signalGroup(pid, 'SIGKILL'));
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  // A pipe that nobody reads fills up and stops the program.
  child.stdout?.resume();
  child.stderr?.resume();
  const end = async (signal: NodeJS.Signals, graceMs: number): Promise<void> => {
    signalGroup(pid, signal);
    if (!(await untilGone(pid, graceMs))) {
      signalGroup(pid, 'SIGKILL');
      await untilGone(pid, 5_000);
    }
    letOff();
    await exited;
  };
  return {
    child,
    pid,
    exited,
    stop: (graceMs = 5_000) => end('SIGTERM', graceMs),
    kill: () => end('SIGKILL', 5_000),
  };
};
