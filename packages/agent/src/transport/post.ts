import type { AgentErrorCode, ErrorAnswer } from '@whorl/contract';
import { type Failure, fail, type Result, succeed } from '../failure.ts';
import type { Deadline } from './deadline.ts';
import { watchCsp } from './watch-csp.ts';

/** Asks the page's own wire to be as plain as possible: this content type needs no CORS preflight. */
const CONTENT_TYPE = 'text/plain;charset=UTF-8';

const isErrorAnswer = (body: unknown): body is ErrorAnswer => {
  if (typeof body !== 'object' || body === null || !('error' in body)) return false;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
};

/** Milliseconds that a `Retry-After` header asks for: seconds or a date. RFC 9110, section 10.2.3. */
export const readRetryAfter = (header: string | null, unixMs: number): number | undefined => {
  if (header === null || header.trim() === '') return undefined;
  const ms = /^\s*\d+\s*$/.test(header) ? Number(header) * 1000 : Date.parse(header) - unixMs;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
};

const refusal = (response: Response, body: unknown): Failure => {
  const { status } = response;
  if (!isErrorAnswer(body)) return { kind: 'bad-response', status };
  const retryAfter = readRetryAfter(response.headers.get('retry-after'), Date.now());
  return {
    kind: 'refused',
    status,
    code: body.error.code as AgentErrorCode,
    message: String(body.error.message),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  };
};

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

/**
 * Posts a body once and reads the JSON that comes back. With `keepalive` the browser finishes the request after the page
 * is gone. Never rejects.
 */
export const post = async (
  url: string,
  body: string,
  { deadline, keepalive = false }: { deadline: Deadline; keepalive?: boolean },
): Promise<Result<unknown>> => {
  const csp = watchCsp(url);
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': CONTENT_TYPE },
      credentials: 'include',
      body,
      keepalive,
      signal: deadline.signal,
    });
    text = await response.text();
  } catch (error) {
    if (deadline.signal.aborted) return fail({ kind: 'timeout' });
    if (isAbort(error)) return fail({ kind: 'abort' });
    if (await csp.wasBlocked()) return fail({ kind: 'csp' });
    return fail({ kind: 'network', message: error instanceof Error ? error.message : String(error) });
  } finally {
    csp.stop();
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return fail({ kind: 'bad-response', status: response.status });
  }
  return response.ok ? succeed(parsed) : fail(refusal(response, parsed));
};
