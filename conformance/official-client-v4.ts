import { FingerprintServerApiClient } from '@fingerprint/node-sdk';
import type { RunningWhorl } from '@whorl/testing';
import { fetchFrom } from './official-client.ts';

/** The official Node SDK of v4, unmodified, as a client of this server. The key is the server's secret one unless given. */
export const officialClientV4 = (
  { url, secretKey }: Pick<RunningWhorl, 'url' | 'secretKey'>,
  apiKey: string = secretKey,
  through: typeof fetch = fetchFrom(url),
): FingerprintServerApiClient => new FingerprintServerApiClient({ apiKey, fetch: through });
