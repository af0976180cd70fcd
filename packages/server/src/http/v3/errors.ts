import { type V3ErrorName, type V3ParseErrorName, v3Errors } from '@whorl/contract';

/** An error of the v3 Server API, thrown by a route and written by the error handler of its scope. */
export abstract class V3Error extends Error {
  readonly status: number;
  readonly code: (typeof v3Errors)[V3ErrorName]['code'];

  constructor({ status, code, message }: (typeof v3Errors)[V3ErrorName]) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export class TokenRequiredError extends V3Error {
  constructor() {
    super(v3Errors.tokenRequired);
  }
}

export class TokenNotFoundError extends V3Error {
  constructor() {
    super(v3Errors.tokenNotFound);
  }
}

export class WrongRegionError extends V3Error {
  constructor() {
    super(v3Errors.wrongRegion);
  }
}

export class SubscriptionNotActiveError extends V3Error {
  constructor() {
    super(v3Errors.subscriptionNotActive);
  }
}

/** `retryAfter`: whole seconds that the client should wait. */
export class TooManyRequestsError extends V3Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(v3Errors.tooManyRequests);
    this.retryAfter = retryAfter;
  }
}

export class FeatureNotEnabledError extends V3Error {
  constructor() {
    super(v3Errors.featureNotEnabled);
  }
}

export class WorkspaceScopedSecretKeyRequiredError extends V3Error {
  constructor() {
    super(v3Errors.workspaceScopedSecretKeyRequired);
  }
}

/** What cannot be parsed is said by the message, one of a closed list. */
export class RequestCannotBeParsedError extends V3Error {
  constructor(name: V3ParseErrorName) {
    super(v3Errors[name]);
  }
}

export class RequestNotFoundError extends V3Error {
  constructor() {
    super(v3Errors.requestNotFound);
  }
}

export class VisitorNotFoundError extends V3Error {
  constructor() {
    super(v3Errors.visitorNotFound);
  }
}

export class StateNotReadyError extends V3Error {
  constructor() {
    super(v3Errors.stateNotReady);
  }
}

export class FailedError extends V3Error {
  constructor() {
    super(v3Errors.failed);
  }
}

/** `retryAfter`: whole seconds that the client should wait. */
export class ServiceUnavailableError extends V3Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(v3Errors.serviceUnavailable);
    this.retryAfter = retryAfter;
  }
}
