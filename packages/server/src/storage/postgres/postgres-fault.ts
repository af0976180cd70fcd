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
const NO_SOCKET = unavailable(
  'No PostgreSQL server answers at this socket',
  'Start the server, or correct the folder after host= in the URL: it is unix_socket_directories of the server.',
);
const NO_FILE = unavailable(
  'A certificate or key that the URL names cannot be read',
  'Correct the paths after sslrootcert=, sslcert= and sslkey= in the URL, and let the user of this process read the files.',
);
const BAD_PARAMETERS = unavailable(
  'The database refuses the settings that the connection asks for',
  'Correct what stands after the ? in the URL, options= above all; the log of the database server says what is wrong.',
);
const NO_ANSWER = unavailable(
  'The database has stopped answering',
  'See whether its server still runs and can be reached; Whorl connects again by itself.',
);
const TOO_SLOW = unavailable(
  'The database server ended a statement that took too long, or was told to end it',
  'Ask for less at once, such as a shorter span of time; if it happens often, look at the load of the database server.',
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
  '57014': TOO_SLOW,
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

/** By the failed system call, where its code means something else than with a server's address. */
const BY_SYSTEM_CALL: Record<string, Remedy> = {
  'connect ENOENT': NO_SOCKET,
  'open ENOENT': NO_FILE,
  'open ENOTDIR': NO_FILE,
  'open EACCES': NO_FILE,
  'read EISDIR': NO_FILE,
};

/** By what the driver says where it gives no code. */
const BY_WORDS: [RegExp, Remedy][] = [
  [/does not support SSL|certificate|\bTLS\b/i, NO_TLS],
  [/password must be a|no password/i, WRONG_PASSWORD],
  [/Query read timeout/, NO_ANSWER],
  [/timeout exceeded when trying to connect|connection timeout/i, NO_SERVER],
  [/terminated|connection error|not queryable|Client was closed/i, LOST],
];

/** What the driver and Node.js say of an error, each where it applies. */
type Told = Error & { code?: unknown; syscall?: unknown; severity?: unknown };

const remedyOf = (error: Told): Remedy | undefined => {
  const code = typeof error.code === 'string' ? error.code : '';
  const byCall = BY_SYSTEM_CALL[`${String(error.syscall)} ${code}`];
  if (byCall !== undefined) return byCall;
  // Every SQLSTATE has five characters; so do a few system codes, which the first table does not know.
  const byState = code.length === 5 ? (BY_STATE[code] ?? BY_STATE[code.slice(0, 2)]) : undefined;
  const found = byState ?? BY_SYSTEM_CODE[code];
  if (found !== undefined) return found;
  // A fatal error ends the connection: none of our statements does that, but settings sent at its start do.
  if (error.severity === 'FATAL') return BAD_PARAMETERS;
  if (code.length === 5) return undefined;
  return BY_WORDS.find(([words]) => words.test(error.message))?.[1];
};

/**
 * Whether a URL has an `@` behind user and host. Then a password with a letter that had to be escaped, as in
 * `postgres://whorl:12/secret@host/name`, has been cut in two, and its rest is taken for something that may be shown.
 */
export const hasStrayAt = (url: string): boolean => {
  const { pathname, search, hash } = new URL(url);
  return `${pathname}${search}${hash}`.includes('@');
};

/** The URL without its password. */
export const shownUrl = (url: string): string => {
  if (!URL.canParse(url) || hasStrayAt(url)) return 'the database';
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
