import { type V4ErrorCode, v4Errors } from '@whorl/contract';

/** An error of the v4 Server API, thrown by a route and written by the error handler of its scope. */
export abstract class V4Error extends Error {
  abstract readonly status: number;
  abstract readonly code: V4ErrorCode;
}

export class SecretApiKeyRequiredError extends V4Error {
  readonly status = v4Errors.secretApiKeyRequired.status;
  readonly code = v4Errors.secretApiKeyRequired.code;
  override readonly message = v4Errors.secretApiKeyRequired.message;
}

export class SecretApiKeyNotFoundError extends V4Error {
  readonly status = v4Errors.secretApiKeyNotFound.status;
  readonly code = v4Errors.secretApiKeyNotFound.code;
  override readonly message = v4Errors.secretApiKeyNotFound.message;
}

export class WrongRegionError extends V4Error {
  readonly status = v4Errors.wrongRegion.status;
  readonly code = v4Errors.wrongRegion.code;
  override readonly message = v4Errors.wrongRegion.message;
}

export class SubscriptionNotActiveError extends V4Error {
  readonly status = v4Errors.subscriptionNotActive.status;
  readonly code = v4Errors.subscriptionNotActive.code;
  override readonly message = v4Errors.subscriptionNotActive.message;
}

export class TooManyRequestsError extends V4Error {
  readonly status = v4Errors.tooManyRequests.status;
  readonly code = v4Errors.tooManyRequests.code;
  override readonly message = v4Errors.tooManyRequests.message;

  /** Whole seconds to wait. */
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super();
    this.retryAfter = retryAfter;
  }
}

/** The workspace has the feature switched off, or the key does not reach as far as the feature does. */
export class FeatureNotEnabledError extends V4Error {
  readonly status = v4Errors.featureNotEnabled.status;
  readonly code = v4Errors.featureNotEnabled.code;

  constructor(fault: 'featureNotEnabled' | 'workspaceScopedKeyRequired' = 'featureNotEnabled') {
    super(v4Errors[fault].message);
  }
}

/** @param message one of the documented ones: of `v4Errors`, of a search parameter, or of the edge's body */
export class RequestCannotBeParsedError extends V4Error {
  readonly status = v4Errors.invalidBody.status;
  readonly code = v4Errors.invalidBody.code;
}

export class RequestReadTimeoutError extends V4Error {
  readonly status = v4Errors.requestReadTimeout.status;
  readonly code = v4Errors.requestReadTimeout.code;
  override readonly message = v4Errors.requestReadTimeout.message;
}

export class RulesetNotFoundError extends V4Error {
  readonly status = v4Errors.rulesetNotFound.status;
  readonly code = v4Errors.rulesetNotFound.code;
  override readonly message = v4Errors.rulesetNotFound.message;
}

export class EventNotFoundError extends V4Error {
  readonly status = v4Errors.eventNotFound.status;
  readonly code = v4Errors.eventNotFound.code;
  override readonly message = v4Errors.eventNotFound.message;
}

export class VisitorNotFoundError extends V4Error {
  readonly status = v4Errors.visitorNotFound.status;
  readonly code = v4Errors.visitorNotFound.code;
  override readonly message = v4Errors.visitorNotFound.message;
}

export class StateNotReadyError extends V4Error {
  readonly status = v4Errors.stateNotReady.status;
  readonly code = v4Errors.stateNotReady.code;
  override readonly message = v4Errors.stateNotReady.message;
}

export class PayloadTooLargeError extends V4Error {
  readonly status = v4Errors.payloadTooLarge.status;
  readonly code = v4Errors.payloadTooLarge.code;
  override readonly message = v4Errors.payloadTooLarge.message;
}
