import type { AgentErrorCode } from '@whorl/contract';

/** Why a visit got no answer. */
export type Failure =
  /** The time that the caller gave was over. */
  | { kind: 'timeout' }
  /** No answer came: no connection, a wrong certificate, missing CORS headers. */
  | { kind: 'network'; message: string }
  /** The page went away while the request was under way. */
  | { kind: 'abort' }
  /** The page's Content-Security-Policy has no `connect-src` for the endpoint. */
  | { kind: 'csp' }
  /** An answer came that is not ours. */
  | { kind: 'bad-response'; status: number }
  /** The server refused and said why. `retryAfter` is in milliseconds. */
  | { kind: 'refused'; status: number; code: AgentErrorCode; message: string; retryAfter?: number };

/** An expected failure is a value; only the faces that other people's code calls turn it into a throw. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export const succeed = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure });

/** Whether the same request may do better a little later. */
export const isPassing = (failure: Failure): boolean =>
  failure.kind === 'network' ||
  ((failure.kind === 'refused' || failure.kind === 'bad-response') &&
    (failure.status >= 500 || failure.status === 429));
