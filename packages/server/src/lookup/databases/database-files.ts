import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A file to read. `named`: the operator named it, rather than the directory in which it lies. */
export type DatabaseFile = { path: string; named: boolean };

/** The files of the setting's paths, or why one of them has none. */
export const databaseFiles = async (
  paths: readonly string[],
): Promise<{ files: DatabaseFile[]; faults: { path: string; problem: string }[] }> => {
  const files = new Map<string, DatabaseFile>();
  const faults: { path: string; problem: string }[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) faults.push({ path, problem: 'it cannot be read (it is not there)' });
    else if (found.isFile()) files.set(path, { path, named: true });
    else if (!found.isDirectory()) faults.push({ path, problem: 'it is neither a file nor a directory' });
    else {
      const names = (await readdir(path)).filter((name) => name.endsWith('.mmdb')).sort();
      if (names.length === 0) faults.push({ path, problem: 'no .mmdb file lies in this directory' });
      for (const name of names) {
        const file = join(path, name);
        if (!files.has(file)) files.set(file, { path: file, named: false });
      }
    }
  }
  return { files: [...files.values()], faults };
};

/** What changes when a file is replaced or written to; null while it is not there. */
export type FileMark = { mark: string; changedAt: number } | null;

/** The mark of a file as it is now; `changedAt` in unix milliseconds. */
export const markOf = async (path: string): Promise<FileMark> => {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? { mark: `${found.ino} ${found.size} ${found.mtimeMs}`, changedAt: found.mtimeMs } : null;
};
