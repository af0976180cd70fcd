import { type V4ErrorCode, v4Errors } from '@whorl/contract';

/** An error of the v4 Server API, thrown by a route and written by the error handler of its scope. */
export abstract class V4Error extends Error {
  readonly status: number;
  readonly code: V4ErrorCode;

  constructor({ status, code, message }: { status: number; code: V4ErrorCode; message: string }) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export class SecretApiKeyRequiredError extends V4Error {
  constructor() {
    super(v4Errors.secretApiKeyRequired);
  }
}

export class SecretApiKeyNotFoundError extends V4Error {
  constructor() {
    super(v4Errors.secretApiKeyNotFound);
  }
}

export class WrongRegionError extends V4Error {
  constructor() {
    super(v4Errors.wrongRegion);
  }
}

export class SubscriptionNotActiveError extends V4Error {
  constructor() {
    super(v4Errors.subscriptionNotActive);
  }
}

/** `retryAfter`: whole seconds that the client should wait. */
export class TooManyRequestsError extends V4Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(v4Errors.tooManyRequests);
    this.retryAfter = retryAfter;
  }
}

/** The database does not serve for now. `retryAfter`: whole seconds that the client should wait. */
export class ServiceUnavailableError extends V4Error {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(v4Errors.serviceUnavailable);
    this.retryAfter = retryAfter;
  }
}

/** The workspace has the feature switched off, or the key does not reach as far as the feature does. */
export class FeatureNotEnabledError extends V4Error {
  constructor(fault: 'featureNotEnabled' | 'workspaceScopedKeyRequired' = 'featureNotEnabled') {
    super(v4Errors[fault]);
  }
}

/** @param message one of the documented ones: of `v4Errors`, of a search parameter, or of the edge's body */
export class RequestCannotBeParsedError extends V4Error {
  constructor(message: string) {
    super({ ...v4Errors.invalidBody, message });
  }
}

export class RouteNotFoundError extends V4Error {
  constructor() {
    super(v4Errors.routeNotFound);
  }
}

export class RequestReadTimeoutError extends V4Error {
  constructor() {
    super(v4Errors.requestReadTimeout);
  }
}

export class RulesetNotFoundError extends V4Error {
  constructor() {
    super(v4Errors.rulesetNotFound);
  }
}

export class EventNotFoundError extends V4Error {
  constructor() {
    super(v4Errors.eventNotFound);
  }
}

export class VisitorNotFoundError extends V4Error {
  constructor() {
    super(v4Errors.visitorNotFound);
  }
}

export class StateNotReadyError extends V4Error {
  constructor() {
    super(v4Errors.stateNotReady);
  }
}

export class PayloadTooLargeError extends V4Error {
  constructor() {
    super(v4Errors.payloadTooLarge);
  }
}
