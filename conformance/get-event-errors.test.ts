import { RequestError } from '@fingerprintjs/fingerprintjs-pro-server-api';
import { type RunningWhorl, startWhorl } from '@whorl/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectFit, sdkValidators } from './derive-schemas.ts';
import { errorOf } from './error-of.ts';
import { fetchFrom, officialClient } from './official-client.ts';

const UNKNOWN = '1700000000000.abcdef';

const isError = sdkValidators('@fingerprintjs/fingerprintjs-pro-server-api')('ErrorResponse');

let whorl: RunningWhorl;
beforeAll(async () => {
  whorl = await startWhorl();
});
afterAll(() => whorl?.stop());

describe('errors as the official SDK sees them', () => {
  const failure = async (attempt: Promise<unknown>): Promise<RequestError> => {
    const error = await errorOf(attempt, RequestError);
    expectFit(isError, error.responseBody);
    return error;
  };

  it.each([
    ['that is unknown', UNKNOWN],
    ['that is none', 'nonsense'],
    ['that climbs', '..%2f'],
    ['of 300 characters', 'a'.repeat(300)],
    ['of 3,000 characters', 'a'.repeat(3_000)],
    ['of 20,000 characters', 'a'.repeat(20_000)],
  ])('answers 404 for a request id %s', async (_, id) => {
    const error = await failure(officialClient(whorl).getEvent(id));
    expect(error).toMatchObject({ statusCode: 404, errorCode: 'RequestNotFound', message: 'request id not found' });
  });

  it('answers 403 for an unknown secret key', async () => {
    const error = await failure(officialClient(whorl, 'no-such-key').getEvent(UNKNOWN));
    expect(error).toMatchObject({ statusCode: 403, errorCode: 'TokenNotFound', message: 'secret key is not found' });
  });

  it('answers 403 for the public key', async () => {
    const error = await failure(officialClient(whorl, whorl.publicKey).getEvent(UNKNOWN));
    expect(error).toMatchObject({ statusCode: 403, errorCode: 'TokenNotFound' });
  });

  it('answers 403 without a key, and before it looks for the event', async () => {
    const withoutHeaders: typeof fetch = (input) => fetchFrom(whorl.url)(input);
    const error = await failure(officialClient(whorl, 'unused', withoutHeaders).getEvent('nonsense'));
    expect(error).toMatchObject({ statusCode: 403, errorCode: 'TokenRequired', message: 'secret key is required' });
  });
});
