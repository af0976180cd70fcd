import {
  FingerprintServerApiClient,
  isValidWebhookSignature,
  parseEventsResponse,
  unseal,
  unsealEventsResponse,
} from '@fingerprint/node-sdk';
import type { RunningWhorl } from '@whorl/testing';
import { notingUse } from './note-use.ts';
import { fetchFrom } from './official-client.ts';

const SDK = '@fingerprint/node-sdk';

/** The official Node SDK of v4, unmodified, as a client of this server. The key is the server's secret one unless given. */
export const officialClientV4 = (
  { url, secretKey }: Pick<RunningWhorl, 'url' | 'secretKey'>,
  apiKey: string = secretKey,
  through: typeof fetch = fetchFrom(url),
): FingerprintServerApiClient => notingUse(SDK, new FingerprintServerApiClient({ apiKey, fetch: through }));

/** The functions that the SDK of v4 publishes besides its client. */
export const officialFunctionsV4 = notingUse(SDK, {
  isValidWebhookSignature,
  parseEventsResponse,
  unseal,
  unsealEventsResponse,
});
