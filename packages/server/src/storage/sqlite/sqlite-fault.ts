import { StoreError, type StoreProblem } from '../store-error.ts';

type Remedy = { problem: StoreProblem; what: string; mend: string };

const NOT_WRITABLE: Remedy = {
  problem: 'not-writable',
  what: 'The database cannot be opened or written',
  mend: 'Give the user that runs Whorl read and write access to this directory and its files, or choose another one.',
};
const LOCKED: Remedy = {
  problem: 'locked',
  what: 'Another process keeps the database locked',
  mend: 'End the program that holds it, such as a database browser or a backup, and try again.',
};
const CORRUPT: Remedy = {
  problem: 'corrupt',
  what: 'The database file is damaged, or is no SQLite database',
  mend: 'Stop Whorl, keep a copy of the file, and restore the latest backup.',
};
const DISK_FULL: Remedy = {
  problem: 'disk-full',
  what: 'The disk is full',
  mend: 'Free some space or move the directory to a larger disk; nothing that was acknowledged is lost.',
};
const UNREADABLE: Remedy = {
  problem: 'unavailable',
  what: 'The disk failed while the database was read or written',
  mend: 'Check the disk, and that this directory is on a local file system.',
};
const TOO_MANY_FILES: Remedy = {
  problem: 'unavailable',
  what: 'Too many files are open for the database to be opened once more',
  mend: 'Let Whorl open more files (ulimit -n, LimitNOFILE of systemd), or the machine (fs.file-max); it tries again when asked.',
};
const NO_DIRECTORY: Remedy = {
  problem: 'not-writable',
  what: 'The data directory or the database file in it cannot be made',
  mend: 'Name a directory, not a file, under a directory that exists and can be written.',
};

/** By primary result code, https://sqlite.org/rescode.html. Codes that are missing here mean a bug of ours. */
const BY_RESULT_CODE: Record<number, Remedy> = {
  3: NOT_WRITABLE,
  5: LOCKED,
  6: LOCKED,
  8: NOT_WRITABLE,
  10: UNREADABLE,
  11: CORRUPT,
  13: DISK_FULL,
  14: NOT_WRITABLE,
  26: CORRUPT,
};

const BY_SYSTEM_CODE: Record<string, Remedy> = {
  EACCES: NOT_WRITABLE,
  EPERM: NOT_WRITABLE,
  EROFS: NOT_WRITABLE,
  EMFILE: TOO_MANY_FILES,
  ENFILE: TOO_MANY_FILES,
  ENOSPC: DISK_FULL,
  EDQUOT: DISK_FULL,
  ENOTDIR: NO_DIRECTORY,
  EEXIST: NO_DIRECTORY,
  EISDIR: NO_DIRECTORY,
  ENOENT: NO_DIRECTORY,
};

/** SQLite's extended result code, or undefined when the error is not SQLite's. */
export const resultCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined;

const remedyOf = (error: unknown): Remedy | undefined => {
  const result = resultCode(error);
  // The low byte of an extended code is the primary one.
  if (result !== undefined) return BY_RESULT_CODE[result & 0xff];
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? BY_SYSTEM_CODE[code] : undefined;
};

/** The error that the operator is to read, or the error itself when it is a bug. `path`: the database's file. */
export const asStoreError = (error: unknown, path: string): unknown => {
  if (error instanceof StoreError) return error;
  const remedy = remedyOf(error);
  if (remedy === undefined) return error;
  const { problem, what, mend } = remedy;
  return new StoreError({ problem, setting: 'WHORL_DATA_DIR', what: `${what}: ${path}`, mend }, error);
};
