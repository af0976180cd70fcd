import type { AgentErrorCode } from '@whorl/contract';
import type { Failure } from '../failure.ts';

/** Messages that callers of the v3 interface compare errors with; the official loader exports the same as constants. */
export const V3_MESSAGES = {
  apiKeyMissing: 'API key required',
  apiKeyInvalid: 'API key not found',
  badRequest: 'Request cannot be parsed',
  badResponse: 'Response cannot be parsed',
  timeout: 'Client timeout',
  network: 'Network connection error',
  abort: 'Network request aborted',
  csp: 'Blocked by CSP',
  invalidEndpoint: 'The endpoint parameter is not a valid URL',
  failed: 'Request failed',
  rateLimit: 'Too many requests, rate limit exceeded',
  forbiddenOrigin: 'Not available for this origin',
  unsupportedVersion: 'Unsupported version',
  wrongRegion: 'Wrong region',
  notActive: 'Subscription not active',
} as const;

const BY_CODE: Partial<Record<AgentErrorCode, string>> = {
  PublicKeyRequired: V3_MESSAGES.apiKeyMissing,
  PublicKeyNotFound: V3_MESSAGES.apiKeyInvalid,
  OriginNotAllowed: V3_MESSAGES.forbiddenOrigin,
  WrongRegion: V3_MESSAGES.wrongRegion,
  WorkspaceNotActive: V3_MESSAGES.notActive,
  RequestCannotBeParsed: V3_MESSAGES.badRequest,
  TagTooLarge: V3_MESSAGES.badRequest,
  PayloadTooLarge: V3_MESSAGES.badRequest,
  UnsupportedVersion: V3_MESSAGES.unsupportedVersion,
  TooManyRequests: V3_MESSAGES.rateLimit,
};

const messageOf = (failure: Failure): string => {
  switch (failure.kind) {
    case 'timeout':
      return V3_MESSAGES.timeout;
    case 'network':
      return V3_MESSAGES.network;
    case 'abort':
      return V3_MESSAGES.abort;
    case 'csp':
      return V3_MESSAGES.csp;
    case 'bad-response':
      return V3_MESSAGES.badResponse;
    case 'refused':
      return BY_CODE[failure.code] ?? V3_MESSAGES.failed;
  }
};

/** The error that the v3 interface throws: a fixed message to compare with, and the server's own words as its `cause`. */
export const v3Error = (failure: Failure): Error => {
  const cause = 'message' in failure ? failure.message : undefined;
  return new Error(messageOf(failure), cause === undefined ? undefined : { cause });
};
