import type { AgentErrorCode } from '@whorl/contract';
import {
  BadResponseError,
  fail,
  NetworkError,
  RefusedError,
  type Result,
  succeed,
  type VisitError,
} from '../errors.ts';
import type { PostResponse, Runtime } from '../runtime.ts';
import type { Deadline } from './deadline.ts';

/** Needs no CORS preflight in a web view, as long as nothing is signed. */
const CONTENT_TYPE = 'text/plain;charset=UTF-8';

/** Characters of an answer above which it is none of ours. */
const LONGEST_ANSWER = 1024 * 1024;

/** Milliseconds that `Retry-After` asks for: seconds or a date. RFC 9110, section 10.2.3. */
export const readRetryAfter = (header: string | null, unixTime: number): number | undefined => {
  const text = header?.trim() ?? '';
  if (text === '') return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - unixTime;
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
};

const errorIn = (body: unknown): { code: AgentErrorCode; message: string } | undefined => {
  const { error } = (typeof body === 'object' && body !== null ? body : {}) as { error?: unknown };
  const { code, message } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>;
  return typeof code === 'string' ? { code: code as AgentErrorCode, message: String(message) } : undefined;
};

const refusal = (response: PostResponse, body: unknown, unixTime: number): VisitError => {
  const { status } = response;
  const said = errorIn(body);
  if (said === undefined) return new BadResponseError(status);
  const retryAfter = readRetryAfter(response.headers.get('retry-after'), unixTime);
  return new RefusedError({ status, code: said.code, retryAfter }, said.message);
};

const parse = (text: string): { value: unknown } | undefined => {
  if (text.length > LONGEST_ANSWER) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** What is sent besides the body. */
export type PostOptions = { deadline: Deadline; headers?: Record<string, string> | undefined };

/** Posts a body once and reads the JSON that comes back. Never rejects. */
export const post = async (
  runtime: Runtime,
  url: string,
  body: string,
  { deadline, headers = {} }: PostOptions,
): Promise<Result<unknown>> => {
  let response: PostResponse;
  let text: string;
  try {
    const asked = runtime.fetch(url, {
      method: 'POST',
      headers: { 'content-type': CONTENT_TYPE, ...headers },
      body,
      credentials: 'omit',
      signal: deadline.signal,
    });
    // Engines are known whose fetch does not listen to its signal: the caller shall not wait for them.
    const raced = await Promise.race([asked, deadline.over]);
    if (raced === undefined) return fail(deadline.reason());
    response = raced;
    const read = await Promise.race([response.text(), deadline.over]);
    if (read === undefined) return fail(deadline.reason());
    text = read;
  } catch (error) {
    if (deadline.isOver()) return fail(deadline.reason());
    return fail(new NetworkError(error instanceof Error ? error.message : String(error)));
  }
  const parsed = parse(text);
  if (parsed === undefined) return fail(new BadResponseError(response.status));
  return response.ok ? succeed(parsed.value) : fail(refusal(response, parsed.value, runtime.unixTime()));
};
