import { StoreError, type StoreProblem } from '../store-error.ts';

type Remedy = { problem: StoreProblem; what: string; mend: string };

const unavailable = (what: string, mend: string): Remedy => ({ problem: 'unavailable', what, mend });

const NO_SERVER = unavailable(
  'No PostgreSQL server answers at this address',
  'Start the server, or correct host and port; a firewall may be in the way, and listen_addresses of the server.',
);
const NO_HOST = unavailable(
  'The host of the database is not known',
  'Correct the name of the host, or the name server.',
);
const WRONG_PASSWORD = unavailable(
  'The database refuses this user or password',
  'Correct both in the URL; letters such as @ : / # ? must be written as %40 %3A %2F %23 %3F. pg_hba.conf of the server may be the reason, too.',
);
const NO_DATABASE = unavailable(
  'The server has no database of this name',
  'Create it with CREATE DATABASE, or correct the last part of the URL.',
);
const NO_TLS = unavailable(
  'No encrypted connection could be agreed upon with the database',
  'Add ?sslmode=disable to the URL where the server has no TLS, or ?sslrootcert=<file> where its certificate is your own.',
);
const LOST = unavailable(
  'The connection to the database was lost',
  'See the log of the database server; Whorl connects again by itself.',
);
const STOPPING = unavailable(
  'The database server is starting or stopping',
  'Wait until it accepts connections; Whorl connects again by itself.',
);
const TOO_MANY = unavailable(
  'The database server has no connection left',
  'Raise max_connections of the server, or run fewer programs on it; each Whorl server takes up to 10.',
);
const BROKEN_DISK = unavailable(
  'The database server cannot read or write its files',
  'See its log, and check its disk.',
);
const READ_ONLY: Remedy = {
  problem: 'not-writable',
  what: 'The database can only be read: this server is a standby, or is set to read-only',
  mend: 'Name the primary server in the URL.',
};
const FORBIDDEN: Remedy = {
  problem: 'not-writable',
  what: 'The user may not do what Whorl needs',
  mend: 'Make the user the owner of the database, or GRANT CREATE ON DATABASE to it and let it own the schema whorl.',
};
const DISK_FULL: Remedy = {
  problem: 'disk-full',
  what: 'The disk or memory of the database server is full',
  mend: 'Free some space there; nothing that was acknowledged is lost.',
};
const LOCKED: Remedy = {
  problem: 'locked',
  what: 'Another program keeps a lock in the database',
  mend: 'Look for long transactions in pg_stat_activity, and end them.',
};
const CORRUPT: Remedy = {
  problem: 'corrupt',
  what: 'The database server finds its files damaged',
  mend: 'Stop Whorl, keep a copy of the files, and restore the latest backup.',
};

/** By SQLSTATE, or its first two letters. What is missing here means a bug of ours. */
const BY_STATE: Record<string, Remedy> = {
  '08': LOST,
  28: WRONG_PASSWORD,
  '3D000': NO_DATABASE,
  '25006': READ_ONLY,
  '42501': FORBIDDEN,
  40: LOCKED,
  '55P03': LOCKED,
  '53300': TOO_MANY,
  53: DISK_FULL,
  '57P01': STOPPING,
  '57P02': STOPPING,
  '57P03': STOPPING,
  '57P05': LOST,
  58: BROKEN_DISK,
  XX001: CORRUPT,
  XX002: CORRUPT,
};

/** By the code of a failed system call. */
const BY_SYSTEM_CODE: Record<string, Remedy> = {
  ECONNREFUSED: NO_SERVER,
  EHOSTUNREACH: NO_SERVER,
  ENETUNREACH: NO_SERVER,
  ETIMEDOUT: NO_SERVER,
  EACCES: NO_SERVER,
  ENOTFOUND: NO_HOST,
  EAI_AGAIN: NO_HOST,
  ECONNRESET: LOST,
  EPIPE: LOST,
};

/** By what the driver says where it gives no code. */
const BY_WORDS: [RegExp, Remedy][] = [
  [/does not support SSL|certificate|\bTLS\b/i, NO_TLS],
  [/password must be a|no password/i, WRONG_PASSWORD],
  [/timeout exceeded when trying to connect|connection timeout/i, NO_SERVER],
  [/terminated|connection error|not queryable|Client was closed/i, LOST],
];

const remedyOf = (error: Error): Remedy | undefined => {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  // Every SQLSTATE has five characters; so do a few system codes, which the first table does not know.
  const byState = code.length === 5 ? (BY_STATE[code] ?? BY_STATE[code.slice(0, 2)]) : undefined;
  const found = byState ?? BY_SYSTEM_CODE[code];
  if (found !== undefined || code.length === 5) return found;
  return BY_WORDS.find(([words]) => words.test(error.message))?.[1];
};

/** The URL without its password. */
export const shownUrl = (url: string): string => {
  if (!URL.canParse(url)) return 'the database';
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
};

/** The error that the operator is to read, or the error itself when it is a bug. `url` may hold a password. */
export const asStoreError = (error: unknown, url: string): unknown => {
  if (!(error instanceof Error) || error instanceof StoreError) return error;
  const remedy = remedyOf(error);
  if (remedy === undefined) return error;
  const { problem, what, mend } = remedy;
  return new StoreError({ problem, setting: 'WHORL_DATABASE_URL', what: `${what}: ${shownUrl(url)}`, mend }, error);
};
