import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, vi } from 'vitest';
import { whorlCommand } from '../commands/whorl-command.ts';

/** What a command wrote, and whether it failed. */
export type CommandOutcome = { out: string; err: string; failed: boolean };

/** The whorl command in this process, on a data directory of its own for each test. */
export const useCommand = () => {
  let dataDir = '';

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'whorl-command-'));
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    process.exitCode = undefined;
    await rm(dataDir, { recursive: true, force: true });
  });

  const collect = (stream: NodeJS.WriteStream): (() => string) => {
    let text = '';
    vi.spyOn(stream, 'write').mockImplementation((written) => {
      text += String(written);
      return true;
    });
    return () => text;
  };

  const whorlWith = async (env: NodeJS.ProcessEnv, ...args: string[]): Promise<CommandOutcome> => {
    const [out, err] = [collect(process.stdout), collect(process.stderr)];
    process.exitCode = undefined;
    await whorlCommand(['node', 'whorl', ...args], { WHORL_DATA_DIR: dataDir, ...env });
    const failed = process.exitCode === 1;
    vi.restoreAllMocks();
    process.exitCode = undefined;
    return { out: out(), err: err(), failed };
  };

  const whorl = (...args: string[]) => whorlWith({}, ...args);

  /** The command with this text on its standard input. */
  const whorlFed = async (input: string, ...args: string[]): Promise<CommandOutcome> => {
    const stdin = Object.assign(Readable.from([input]), { fd: 0 }) as unknown as typeof process.stdin;
    vi.spyOn(process, 'stdin', 'get').mockReturnValue(stdin);
    return whorl(...args);
  };

  /** What a command says with `--json`. */
  const json = async <T>(...args: string[]): Promise<T> => {
    const { out, err, failed } = await whorl(...args, '--json');
    if (failed) throw new Error(err);
    return JSON.parse(out) as T;
  };

  return { whorl, whorlWith, whorlFed, json, dataDir: () => dataDir };
};
