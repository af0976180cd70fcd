import { type AdminErrorName, type ApiError, adminErrors, type Json } from '@whorl/contract';

/** An error of the management API, thrown by a route and written by the error handler of its scope. */
export abstract class AdminError extends Error {
  readonly status: number;
  readonly code: string;
  /** What is wrong in a form that programs can read; left out where there is nothing to add. */
  readonly detail: Json | undefined;

  constructor({ status, code, message }: ApiError, { told = message, detail }: { told?: string; detail?: Json } = {}) {
    super(told);
    this.status = status;
    this.code = code;
    this.detail = detail;
  }
}

/** The class of an error that says the same each time. */
const errorOf = (name: AdminErrorName) =>
  class extends AdminError {
    constructor() {
      super(adminErrors[name]);
    }
  };

export class ManagementKeyRequiredError extends errorOf('managementKeyRequired') {}
export class ManagementKeyNotFoundError extends errorOf('managementKeyNotFound') {}
export class WorkspaceNotActiveError extends errorOf('workspaceNotActive') {}
export class RouteNotFoundError extends errorOf('routeNotFound') {}
export class WorkspaceNotFoundError extends errorOf('workspaceNotFound') {}
export class EnvironmentNotFoundError extends errorOf('environmentNotFound') {}
export class KeyNotFoundError extends errorOf('keyNotFound') {}
export class KeyRevokedError extends errorOf('keyRevoked') {}
export class NotAPublicKeyError extends errorOf('notAPublicKey') {}
export class PayloadTooLargeError extends errorOf('payloadTooLarge') {}
export class UnsupportedMediaTypeError extends errorOf('unsupportedMediaType') {}
export class FailedError extends errorOf('failed') {}

/** `what`: what needs the key of the server. */
export class ServerKeyRequiredError extends AdminError {
  constructor(what: string) {
    super(adminErrors.serverKeyRequired, { told: `${what} needs the management key of the server` });
  }
}

export class NameTakenError extends AdminError {
  constructor(name: string) {
    super(adminErrors.nameTaken, { told: `the name "${name}" is taken` });
  }
}

export class FeatureNotEnabledError extends AdminError {
  constructor(feature: string) {
    super(adminErrors.featureNotEnabled, { told: `the feature "${feature}" is not enabled for this workspace` });
  }
}

/** `retryAfter` in whole seconds. */
export class TooManyRequestsError extends AdminError {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(adminErrors.tooManyRequests);
    this.retryAfter = retryAfter;
  }
}

/** The database does not serve for now. `retryAfter` in whole seconds. */
export class ServiceUnavailableError extends AdminError {
  readonly retryAfter: number;

  constructor(retryAfter: number) {
    super(adminErrors.serviceUnavailable);
    this.retryAfter = retryAfter;
  }
}

/** One thing wrong with a request: the field as a JSON pointer, empty for the whole, and what is wrong with it. */
export type RequestFault = { field: string; problem: string };

/** The request does not have the documented form. The message tells the first fault, `detail` all of them. */
export class RequestCannotBeParsedError extends AdminError {
  constructor(faults: readonly [RequestFault, ...RequestFault[]]) {
    const [{ field, problem }] = faults;
    super(adminErrors.requestCannotBeParsed, {
      told: field === '' ? problem : `${field} ${problem}`,
      detail: faults.map((fault) => ({ ...fault })),
    });
  }
}
