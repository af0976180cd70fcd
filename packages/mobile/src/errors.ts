import type { AgentErrorCode } from '@whorl/contract';

/** Why a visit got no answer. Each kind is a class of its own, so that `instanceof` and `kind` both tell them apart. */
export abstract class VisitError extends Error {
  abstract readonly kind: 'timeout' | 'aborted' | 'network' | 'bad-response' | 'refused' | 'signing';
}

/** The time that the caller gave was over. */
export class TimeoutError extends VisitError {
  readonly kind = 'timeout';
  override readonly name = 'TimeoutError';

  constructor() {
    super('the server did not answer in time');
  }
}

/** The caller took the visit back. */
export class AbortedError extends VisitError {
  readonly kind = 'aborted';
  override readonly name = 'AbortedError';

  constructor() {
    super('the visit was aborted');
  }
}

/** The app's key could not be had, so nothing was sent: the keychain is locked, say. `cause` is what its store said. */
export class SigningError extends VisitError {
  readonly kind = 'signing';
  override readonly name = 'SigningError';

  constructor(cause: unknown) {
    super('the key for signing could not be had', { cause });
  }
}

/** No answer came: no connection, a wrong certificate, a pin that did not fit. `message` is the platform's. */
export class NetworkError extends VisitError {
  readonly kind = 'network';
  override readonly name = 'NetworkError';
}

/** An answer came that is not of this server. */
export class BadResponseError extends VisitError {
  readonly kind = 'bad-response';
  override readonly name = 'BadResponseError';
  /** The status of HTTP. */
  readonly status: number;

  constructor(status: number) {
    super(`the answer, of status ${status}, is not one of this server`);
    this.status = status;
  }
}

/** What a refusal says beside its message. `retryAfter` in milliseconds. */
export type Refusal = { status: number; code: AgentErrorCode; retryAfter?: number | undefined };

/** The server refused, and said why. */
export class RefusedError extends VisitError {
  readonly kind = 'refused';
  override readonly name = 'RefusedError';
  readonly status: number;
  readonly code: AgentErrorCode;
  /** Milliseconds to wait, where the server asks for it. */
  readonly retryAfter: number | undefined;

  constructor({ status, code, retryAfter }: Refusal, message: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** An expected failure is a value. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: VisitError };

export const succeed = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (error: VisitError): { ok: false; error: VisitError } => ({ ok: false, error });

/** Whether the same request may do better a little later. */
export const isPassing = (error: VisitError): boolean =>
  error instanceof NetworkError ||
  ((error instanceof RefusedError || error instanceof BadResponseError) &&
    (error.status >= 500 || error.status === 429));
