import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { describeFetchFailure } from './describe-fetch-failure.ts';
import { followRedirects } from './follow-redirects.ts';
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

/** A longer validator is not worth keeping, and has no place in a header. */
const LONGEST_VALIDATOR = 512;

const failed = (problem: string): FetchOutcome => ({ outcome: 'failed', problem });

const unpackers = { gzip: createGunzip, 'x-gzip': createGunzip, br: createBrotliDecompress } as const;

const isPacking = (encoding: string): encoding is keyof typeof unpackers => Object.hasOwn(unpackers, encoding);

/** The body of an answer, unpacked; undefined where it is packed in a way that was not asked for. */
const unpacked = (message: IncomingMessage): Readable | undefined => {
  const encoding = (message.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity' || encoding === '') return message;
  // What breaks the message off breaks off what is read from it, which tells of it.
  return isPacking(encoding) ? pipeline(message, unpackers[encoding](), () => {}) : undefined;
};

/** Writes the body to the file; stops where it is too large, which the bytes tell. */
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

const validatorOf = (value: string | undefined): string | null =>
  value === undefined || value.length > LONGEST_VALIDATOR ? null : value;

const receive = async (message: IncomingMessage, path: string, most: number): Promise<FetchOutcome> => {
  const { headers } = message;
  const tooLarge = failed(`it has over ${most} bytes`);
  const body = unpacked(message);
  if (body === undefined) return failed(`it came packed as ${JSON.stringify(headers['content-encoding'])}`);
  if (body === message && Number(headers['content-length']) > most) return tooLarge;
  const hash = createHash('sha256');
  const file = await open(path, 'wx');
  try {
    const bytes = await save(body, file, hash, most);
    if (bytes > most) return tooLarge;
    const validators = { etag: validatorOf(headers.etag), lastModified: validatorOf(headers['last-modified']) };
    return { outcome: 'fetched', sha256: hash.digest('hex'), bytes, validators };
  } finally {
    await file.close();
  }
};

const headersOf = ({ etag, lastModified }: Validators): Record<string, string> => ({
  'user-agent': 'whorl (network lists)',
  accept: 'text/plain, text/csv, application/json, */*;q=0.5',
  'accept-encoding': 'gzip, br',
  ...(etag === null ? {} : { 'if-none-match': etag }),
  ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
});

/**
 * Fetches a list into a file, unless the upstream says that it has not changed (RFC 9110, section 13.1). Nothing of a visitor
 * is sent. Never rejects: failures are outcomes, those of the disk too, and what was written by then is of no use.
 */
export const fetchList = async ({
  url: text,
  file,
  signal,
  limits = fetchLimits,
  ...validators
}: FetchRequest): Promise<FetchOutcome> => {
  const deadline = AbortSignal.timeout(limits.timeout);
  const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
  try {
    const url = new URL(text);
    if (url.username !== '' || url.password !== '') return failed('its address has a user or a password in it');
    const message = await followRedirects(url, { headers: headersOf(validators), signal: either }, limits.redirects);
    if ('problem' in message) return failed(message.problem);
    try {
      const isConditional = validators.etag !== null || validators.lastModified !== null;
      if (message.statusCode === 304 && isConditional) return { outcome: 'unchanged' };
      if (message.statusCode === 200) return await receive(message, file, limits.bytes);
      return failed(`it answered with status ${message.statusCode}`);
    } finally {
      message.destroy();
    }
  } catch (error) {
    // Whatever a connection says when it is broken off: the reason is this.
    if (signal?.aborted === true) return failed('the fetch was broken off');
    return failed(deadline.aborted ? `no complete answer within ${limits.timeout} ms` : describeFetchFailure(error));
  }
};
