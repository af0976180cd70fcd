import type { AgentErrorCode } from '@whorl/contract';
import type { Failure } from '../failure.ts';
import { v3Error } from './v3-errors.ts';

/** Codes of the v4 interface that this agent gives; the official loader's types list the same. */
export type V4ErrorCode =
  | 'client_timeout'
  | 'network_connection'
  | 'network_abort'
  | 'csp_block'
  | 'invalid_endpoint'
  | 'bad_response_format'
  | 'server_error'
  | 'api_key_missing'
  | 'cache_misconfigured'
  | 'feature_not_enabled'
  | 'request_cannot_be_parsed'
  | 'public_api_key_required'
  | 'public_api_key_not_found'
  | 'wrong_region'
  | 'subscription_not_active'
  | 'payload_too_large'
  | 'too_many_requests'
  | 'failed';

/** What the v4 interface throws. Told by its name: a page may hold several copies of this class. */
export class FingerprintError extends Error {
  override readonly name = 'FingerprintError';
  readonly code: V4ErrorCode;
  /** The event that the error belongs to. Refused observations make none. */
  readonly event_id = null;
  constructor(code: V4ErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

const BY_KIND: Record<Exclude<Failure['kind'], 'refused'>, V4ErrorCode> = {
  timeout: 'client_timeout',
  network: 'network_connection',
  abort: 'network_abort',
  csp: 'csp_block',
  'bad-response': 'bad_response_format',
};

const BY_CODE: Partial<Record<AgentErrorCode, V4ErrorCode>> = {
  RequestCannotBeParsed: 'request_cannot_be_parsed',
  PublicKeyRequired: 'public_api_key_required',
  PublicKeyNotFound: 'public_api_key_not_found',
  WrongRegion: 'wrong_region',
  WorkspaceNotActive: 'subscription_not_active',
  PayloadTooLarge: 'payload_too_large',
  TagTooLarge: 'payload_too_large',
  TooManyRequests: 'too_many_requests',
  Failed: 'failed',
  ServiceUnavailable: 'failed',
};

/** The v4 error for a failed visit. What v4 has no code for, such as a forbidden origin, is a `server_error`. */
export const v4Error = (failure: Failure): FingerprintError => {
  const code = failure.kind === 'refused' ? (BY_CODE[failure.code] ?? 'server_error') : BY_KIND[failure.kind];
  const { message, cause } = v3Error(failure);
  return new FingerprintError(code, message, cause);
};
