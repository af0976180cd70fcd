import { isFingerprintError } from '@fingerprint/agent';
import * as loader from '@fingerprintjs/fingerprintjs-pro';
import type { AgentErrorCode } from '@whorl/contract';
import { describe, expect, it } from 'vitest';
import type { Failure } from '../failure.ts';
import { V3_MESSAGES, v3Error } from './v3-errors.ts';
import { v4Error } from './v4-error.ts';

const refused = (code: AgentErrorCode): Failure => ({ kind: 'refused', status: 403, code, message: 'in other words' });

const CASES: [Failure, string, string][] = [
  [{ kind: 'timeout' }, loader.ERROR_CLIENT_TIMEOUT, 'client_timeout'],
  [{ kind: 'network', message: 'offline' }, loader.ERROR_NETWORK_CONNECTION, 'network_connection'],
  [{ kind: 'abort' }, loader.ERROR_NETWORK_ABORT, 'network_abort'],
  [{ kind: 'csp' }, loader.ERROR_CSP_BLOCK, 'csp_block'],
  [{ kind: 'bad-response', status: 200 }, loader.ERROR_BAD_RESPONSE_FORMAT, 'bad_response_format'],
  [refused('PublicKeyRequired'), loader.ERROR_API_KEY_MISSING, 'public_api_key_required'],
  [refused('PublicKeyNotFound'), loader.ERROR_API_KEY_INVALID, 'public_api_key_not_found'],
  [refused('OriginNotAllowed'), loader.ERROR_FORBIDDEN_ORIGIN, 'server_error'],
  [refused('WrongRegion'), loader.ERROR_WRONG_REGION, 'wrong_region'],
  [refused('WorkspaceNotActive'), loader.ERROR_SUBSCRIPTION_NOT_ACTIVE, 'subscription_not_active'],
  [refused('RequestCannotBeParsed'), loader.ERROR_BAD_REQUEST_FORMAT, 'request_cannot_be_parsed'],
  [refused('TagTooLarge'), loader.ERROR_BAD_REQUEST_FORMAT, 'payload_too_large'],
  [refused('PayloadTooLarge'), loader.ERROR_BAD_REQUEST_FORMAT, 'payload_too_large'],
  [refused('UnsupportedVersion'), loader.ERROR_UNSUPPORTED_VERSION, 'server_error'],
  [refused('TooManyRequests'), loader.ERROR_RATE_LIMIT, 'too_many_requests'],
  [refused('Failed'), loader.ERROR_GENERAL_SERVER_FAILURE, 'failed'],
  [refused('ServiceUnavailable'), loader.ERROR_GENERAL_SERVER_FAILURE, 'failed'],
];

describe('errors of both faces', () => {
  it.each(CASES)('%j is what the v3 loader calls %j and the v4 loader %j', (failure, message, code) => {
    expect(v3Error(failure)).toMatchObject({ name: 'Error', message });
    const error = v4Error(failure);
    expect(error).toMatchObject({ name: 'FingerprintError', code, message, event_id: null });
    expect(isFingerprintError(error)).toBe(true);
  });

  it('carry the server’s own words as their cause', () => {
    expect(v3Error(refused('TagTooLarge')).cause).toBe('in other words');
    expect(v4Error(refused('TagTooLarge')).cause).toBe('in other words');
    expect(v3Error({ kind: 'timeout' })).not.toHaveProperty('cause');
  });

  it('have messages that the official loader exports', () => {
    const known = Object.values(loader).filter((value) => typeof value === 'string');
    expect(known).toEqual(expect.arrayContaining(Object.values(V3_MESSAGES)));
  });
});
