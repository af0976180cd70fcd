import { v3Errors } from '@whorl/contract';

/** An error of the v3 Server API, thrown by a route and written by the error handler of its scope. */
export abstract class V3Error extends Error {
  abstract readonly status: number;
  abstract readonly code: string;
}

export class TokenRequiredError extends V3Error {
  readonly status = v3Errors.tokenRequired.status;
  readonly code = v3Errors.tokenRequired.code;
  override readonly message = v3Errors.tokenRequired.message;
}

export class TokenNotFoundError extends V3Error {
  readonly status = v3Errors.tokenNotFound.status;
  readonly code = v3Errors.tokenNotFound.code;
  override readonly message = v3Errors.tokenNotFound.message;
}

export class RequestNotFoundError extends V3Error {
  readonly status = v3Errors.requestNotFound.status;
  readonly code = v3Errors.requestNotFound.code;
  override readonly message = v3Errors.requestNotFound.message;
}
