import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type PostgresPrograms, postgresPrograms } from './postgres-programs.ts';
import { runCommand } from './run-command.ts';

const USER = 'whorl';
const START_TIMEOUT_MS = 30_000;
const ATTEMPTS = 3;

/** PostgreSQL refuses to run as root; this user, `nobody` on most systems, may do nothing else. */
const UNPRIVILEGED = 65_534;

/** A database of its own on a running server. */
export type TestDatabase = {
  name: string;
  /** `postgres://user:password@host:port/name` */
  url: string;
  /** Ends all connections to it and deletes it. */
  drop(): Promise<void>;
};

export type RunningPostgres = {
  /** URL of the database `postgres`, with a user who may do anything. */
  url: string;
  /** A new database under a random name, empty or a copy of `template`, which nobody may be connected to. */
  createDatabase(template?: string): Promise<TestDatabase>;
  /** Stops the server at once and removes its files; one that was only borrowed is left running. */
  stop(): Promise<void>;
};

/**
 * Keeps the server as long as its parent lives, and no longer, even where the parent is killed: its standard input then
 * ends. Node's `-e` gives it the arguments: folder, user id or an empty text, program, the program's arguments.
 */
const KEEPER = `
const { spawn } = require('node:child_process');
const { rmSync } = require('node:fs');
const [folder, user, program, ...args] = process.argv.slice(1);
const as = user === '' ? {} : { uid: Number(user), gid: Number(user) };
const server = spawn(program, args, { ...as, cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
process.stdin.resume().once('end', () => server.kill('SIGQUIT'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill('SIGQUIT'));
server.once('exit', () => { rmSync(folder, { recursive: true, force: true }); process.exit(); });
`;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
};

/** Settings of the shell, such as `PGDATA`, must not leak into the server. */
const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG)/.test(name))),
  LC_ALL: 'C',
});

const userToBe = (): number | undefined => (process.getuid?.() === 0 ? UNPRIVILEGED : undefined);

/** Makes an empty database cluster in a new temporary folder. */
const initialise = async ({ initdb }: PostgresPrograms, password: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'whorl-postgres-'));
  const passwordFile = join(folder, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  const user = userToBe();
  if (user !== undefined) {
    await chown(folder, user, user);
    await chown(passwordFile, user, user);
  }
  const args = ['-D', join(folder, 'data'), '-U', USER, '-A', 'scram-sha-256', '--pwfile', passwordFile];
  const result = await runCommand(initdb, [...args, '--no-sync', '--encoding=UTF8', '--locale=C'], {
    cwd: folder,
    env: environment(),
    ...(user === undefined ? {} : { user }),
  });
  if (result.code === 0) return folder;
  await rm(folder, { recursive: true, force: true });
  throw new Error(`initdb failed: ${result.stderr.trim()}`);
};

/**
 * Settings of the server. A commit waits as usual, but the operating system is not asked to write through to the disk: the
 * database survives the death of any process, which is all that tests can bring about.
 */
const settings = (port: number): string[] =>
  Object.entries({
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    fsync: 'off',
    timezone: 'UTC',
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

type Kept = { url: string; stop(): Promise<void> };

/** Starts the server on a free port; rejects with what it printed when it ends before it is ready. */
const startKept = async (programs: PostgresPrograms): Promise<Kept> => {
  const password = randomBytes(16).toString('hex');
  const folder = await initialise(programs, password);
  const port = await freePort();
  const keeper = spawn(
    process.execPath,
    ['-e', KEEPER, folder, String(userToBe() ?? ''), programs.postgres, '-D', join(folder, 'data'), ...settings(port)],
    // A group of its own, so that Ctrl+C in a terminal leaves it to the keeper to end the server.
    { env: environment(), stdio: ['pipe', 'ignore', 'pipe'], detached: process.platform !== 'win32' },
  );
  const ended = new Promise<void>((resolve) => keeper.once('exit', () => resolve()));
  let printed = '';
  const ready = new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), START_TIMEOUT_MS);
    keeper.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).slice(-4_000);
      if (printed.includes('ready to accept connections')) resolve(true);
    });
    void ended.then(() => resolve(false)).finally(() => clearTimeout(timer));
  });
  const stop = async (): Promise<void> => {
    keeper.stdin.end();
    await ended;
  };
  if (await ready) return { url: `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`, stop };
  await stop();
  throw new Error(`PostgreSQL did not start:\n${printed}`);
};

/** Another program may take the port between its choice and its use. */
const startOwn = async (): Promise<Kept> => {
  const programs = await postgresPrograms();
  for (let attempt = 1; ; attempt++) {
    try {
      return await startKept(programs);
    } catch (error) {
      if (attempt === ATTEMPTS) throw error;
    }
  }
};

/** Runs one statement on a connection of its own. */
const execute = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

const createDatabase = async (url: string, template: string | undefined): Promise<TestDatabase> => {
  const name = `whorl_test_${randomBytes(8).toString('hex')}`;
  await execute(url, `CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { name, url: own.href, drop: () => execute(url, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
};

/**
 * Starts a PostgreSQL of the test's own, in about a second. `WHORL_TEST_DATABASE_URL` names a server to use in its place,
 * as a user who may create databases. It lives no longer than this process.
 */
export const startPostgres = async (): Promise<RunningPostgres> => {
  const borrowed = process.env.WHORL_TEST_DATABASE_URL ?? '';
  const { url, stop } = borrowed === '' ? await startOwn() : { url: borrowed, stop: async () => {} };
  return { url, createDatabase: (template) => createDatabase(url, template), stop };
};
