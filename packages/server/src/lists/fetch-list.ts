import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { listBounds } from './read-list.ts';

/** What is known of the copy that is here, by which the upstream can say that it is still the newest. */
export type Validators = { etag: string | null; lastModified: string | null };

/** How a look at an upstream ended; the problem is a part of a sentence about "it". */
export type FetchOutcome =
  | { outcome: 'unchanged' }
  | { outcome: 'fetched'; sha256: string; bytes: number; validators: Validators }
  | { outcome: 'failed'; problem: string };

export type FetchLimits = {
  /** Milliseconds for everything, redirects and body included. */
  timeout: number;
  /** Redirects that are followed. */
  redirects: number;
  /** Bytes of the body, after unpacking. */
  bytes: number;
};

export const fetchLimits: FetchLimits = { timeout: 60_000, redirects: 5, bytes: listBounds.bytes };

export type FetchRequest = Validators & {
  url: string;
  /** The body is written to this file, which must not exist. */
  file: string;
  signal?: AbortSignal;
  limits?: FetchLimits;
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** A longer validator is not worth keeping, and has no place in a header. */
const LONGEST_VALIDATOR = 512;

const failed = (problem: string): FetchOutcome => ({ outcome: 'failed', problem });

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed before the end',
  ENOTFOUND: 'the host’s name is not known',
  EAI_AGAIN: 'the host’s name could not be looked up',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
  ETIMEDOUT: 'the connection took too long',
  UND_ERR_CONNECT_TIMEOUT: 'the connection took too long',
  UND_ERR_SOCKET: 'the connection was closed before the end',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the connection was closed before the end',
};

/** Why there is no answer, in words. What fetch throws has the reason as its cause, or as one of several. */
const describe = (error: unknown, timeout: number): string => {
  if (error instanceof Error && error.name === 'TimeoutError') return `no complete answer within ${timeout} ms`;
  if (error instanceof Error && error.name === 'AbortError') return 'the fetch was broken off';
  const cause = error instanceof Error ? error.cause : undefined;
  const inner = cause instanceof AggregateError ? (cause.errors[0] as unknown) : cause;
  const words = WORDS[codeOf(inner)] ?? WORDS[codeOf(cause)] ?? WORDS[codeOf(error)];
  const reason = inner instanceof Error ? inner : error;
  return words ?? `the fetch failed: ${(reason instanceof Error ? reason.message : String(reason)).slice(0, 200)}`;
};

/** Where a redirect leads, or what is wrong with that. */
const redirectOf = (
  response: Response,
  from: string,
  seen: ReadonlySet<string>,
  most: number,
): { to: string } | { problem: string } => {
  const location = response.headers.get('location');
  if (location === null || !URL.canParse(location, from))
    return { problem: `it redirects (${response.status}) to nowhere` };
  const to = new URL(location, from);
  to.hash = '';
  if (to.protocol !== 'https:' && to.protocol !== new URL(from).protocol) {
    return { problem: `it redirects from ${new URL(from).protocol}// to ${to.protocol}//` };
  }
  if (seen.has(to.href)) return { problem: 'it redirects in a loop' };
  if (seen.size > most) return { problem: `it redirects more than ${most} times` };
  return { to: to.href };
};

/** The first answer that is no redirect. */
const follow = async (
  url: string,
  headers: Record<string, string>,
  signal: AbortSignal,
  most: number,
): Promise<Response | { problem: string }> => {
  const seen = new Set<string>();
  let at = new URL(url).href;
  for (;;) {
    seen.add(at);
    const response = await fetch(at, { headers, redirect: 'manual', signal });
    if (!REDIRECTS.has(response.status)) return response;
    await response.body?.cancel();
    const target = redirectOf(response, at, seen, most);
    if ('problem' in target) return target;
    at = target.to;
  }
};

/** Writes the body to the file; a problem in words where it is too large. */
const save = async (body: AsyncIterable<Uint8Array>, file: FileHandle, hash: Hash, most: number): Promise<number> => {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > most) return bytes;
    hash.update(chunk);
    await file.write(chunk);
  }
  // The rename that follows must not reach the disk before what it is about.
  await file.sync();
  return bytes;
};

const validatorOf = (response: Response, name: string): string | null => {
  const value = response.headers.get(name);
  return value === null || value.length > LONGEST_VALIDATOR ? null : value;
};

const receive = async (response: Response, path: string, limits: FetchLimits): Promise<FetchOutcome> => {
  const tooLarge = failed(`it has over ${limits.bytes} bytes`);
  if (response.body === null) return failed('it is empty');
  if (
    response.headers.get('content-encoding') === null &&
    Number(response.headers.get('content-length')) > limits.bytes
  ) {
    await response.body.cancel();
    return tooLarge;
  }
  const hash = createHash('sha256');
  const file = await open(path, 'wx');
  try {
    const bytes = await save(response.body, file, hash, limits.bytes);
    if (bytes > limits.bytes) return tooLarge;
    const validators = { etag: validatorOf(response, 'etag'), lastModified: validatorOf(response, 'last-modified') };
    return { outcome: 'fetched', sha256: hash.digest('hex'), bytes, validators };
  } finally {
    await file.close();
  }
};

/**
 * Fetches a list into a file, unless the upstream says that it has not changed (RFC 9110, section 13.1). Nothing of a visitor
 * is sent. Never rejects: failures are outcomes, those of the disk too, and what was written by then is of no use.
 */
export const fetchList = async ({
  url,
  etag,
  lastModified,
  file,
  signal,
  limits = fetchLimits,
}: FetchRequest): Promise<FetchOutcome> => {
  const deadline = AbortSignal.timeout(limits.timeout);
  const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  const headers = {
    'user-agent': 'whorl (network lists)',
    accept: 'text/plain, text/csv, application/json, */*;q=0.5',
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
  try {
    const response = await follow(url, headers, either, limits.redirects);
    if ('problem' in response) return failed(response.problem);
    if (response.status === 304 && (etag !== null || lastModified !== null)) return { outcome: 'unchanged' };
    if (response.status === 200) return await receive(response, file, limits);
    await response.body?.cancel();
    return failed(`it answered with status ${response.status}`);
  } catch (error) {
    return failed(describe(error, limits.timeout));
  }
};
