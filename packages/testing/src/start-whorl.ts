import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type ProcessGroup, startProcessGroup } from './process-group.ts';
import { type CommandResult, runCommand } from './run-command.ts';

/** The folder of the repository. */
export const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url));

/** The built command. `npm run build` makes it. */
export const WHORL_CLI = join(REPOSITORY, 'packages/server/dist/cli.js');

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;
const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

export type WhorlOptions = {
  /** Settings besides those of port, data folder and keys. */
  env?: Record<string, string>;
  /** A data folder to use, kept by `stop`; default a fresh one, removed by `stop`. */
  dataDir?: string;
  /** A PostgreSQL database to keep everything in; default SQLite in the data folder. */
  databaseUrl?: string;
  /** Whether the tests choose the first keys, or the server makes and prints them. Default `chosen`. */
  keys?: 'chosen' | 'printed';
  /** A program with arguments that starts the server in the foreground; default the built command itself. */
  start?: readonly [string, ...string[]];
};

/** A running server of its own data folder and keys. */
export type RunningWhorl = {
  /** `http://127.0.0.1:<port>`, the same after a restart. */
  readonly url: string;
  readonly publicKey: string;
  readonly secretKey: string;
  readonly dataDir: string;
  readonly pid: number;
  /** What it has printed since it was last started, stdout and stderr. */
  output(): string;
  /** Runs a `whorl` command, such as `key list`, on the data of this server. */
  command(...args: string[]): Promise<CommandResult>;
  /** SIGTERM; resolves to the exit code when it is gone. The data stay. */
  terminate(): Promise<number | null>;
  /** SIGKILL: as if the machine had lost its power, save for what the operating system already holds. */
  kill(): Promise<void>;
  /** Starts it again, on the same data and port, after `kill` or `terminate`. */
  restart(): Promise<void>;
  /** Terminates it, where it still runs, and removes the data folder unless it was given. */
  stop(): Promise<void>;
};

const randomKey = (): string => Array.from({ length: 20 }, () => ALPHANUMERIC[randomInt(ALPHANUMERIC.length)]).join('');

const printedKey = (kind: 'Public' | 'Secret', output: string): string => {
  const key = new RegExp(`${kind} key\\s+([A-Za-z0-9]+)`).exec(output)?.[1];
  if (key === undefined) throw new Error(`the server printed no ${kind.toLowerCase()} key:\n${output}`);
  return key;
};

/** Settings of the shell that runs the tests must not leak into the server under test. */
const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('WHORL_')));

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) })).status === 200;
  } catch {
    return false;
  }
};

/** Starts the server and resolves when `/readyz` answers 200; rejects with its output when that does not happen. */
const startServer = async (
  [program, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
): Promise<{ group: ProcessGroup; url: string; output(): string }> => {
  const group = await startProcessGroup(program, args, { env, cwd: REPOSITORY });
  let text = '';
  // Apart from the log on stderr, which may name the address before the server says that it is ready.
  let stdout = '';
  group.child.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  group.child.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    stdout += part;
  });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (Date.now() < deadline && group.child.exitCode === null) {
    const port = /http:\/\/(?:127\.0\.0\.1|localhost):(\d+)/.exec(stdout)?.[1];
    const url = `http://127.0.0.1:${port}`;
    if (port !== undefined && (await isReady(url))) return { group, url, output: () => text };
    await sleep(50);
  }
  await group.kill();
  throw new Error(`the server did not become ready (exit code ${group.child.exitCode}):\n${text}`);
};

const builtServer = (): readonly [string, ...string[]] => {
  if (existsSync(WHORL_CLI)) return [process.execPath, WHORL_CLI, 'start'];
  throw new Error(`${WHORL_CLI} is not there: run "npm run build" first`);
};

/** Starts the built server on a free port of this machine, with a fresh data folder and keys. */
export const startWhorl = async (options: WhorlOptions = {}): Promise<RunningWhorl> => {
  const start = options.start ?? builtServer();
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'whorl-data-')));
  const chosen = options.keys === 'printed' ? {} : { WHORL_PUBLIC_KEY: randomKey(), WHORL_SECRET_KEY: randomKey() };
  const environment = (port: string): NodeJS.ProcessEnv => ({
    ...cleanEnvironment(),
    WHORL_PORT: port,
    WHORL_DATA_DIR: dataDir,
    // Tests reach nothing but this machine, and judge the same addresses alike every day.
    WHORL_NETWORK_LISTS: 'off',
    ...chosen,
    ...(options.databaseUrl === undefined ? {} : { WHORL_DATABASE_URL: options.databaseUrl }),
    ...options.env,
  });
  const removeData = async (): Promise<void> => {
    if (options.dataDir === undefined)
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  let running = await startServer(start, environment('0')).catch(async (error: unknown) => {
    await removeData();
    throw error;
  });
  const { url } = running;
  const terminate = async (): Promise<number | null> => {
    await running.group.stop(STOP_TIMEOUT_MS);
    return running.group.exited;
  };
  return {
    url,
    publicKey: chosen.WHORL_PUBLIC_KEY ?? printedKey('Public', running.output()),
    secretKey: chosen.WHORL_SECRET_KEY ?? printedKey('Secret', running.output()),
    dataDir,
    get pid() {
      return running.group.pid;
    },
    output: () => running.output(),
    command: (...args) =>
      runCommand(process.execPath, [WHORL_CLI, ...args], { env: environment('0'), cwd: REPOSITORY }),
    terminate,
    kill: () => running.group.kill(),
    restart: async () => {
      running = await startServer(start, environment(new URL(url).port));
    },
    stop: async () => {
      await terminate();
      await removeData();
    },
  };
};
