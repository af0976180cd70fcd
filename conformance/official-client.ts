import {
  AuthenticationMode,
  FingerprintJsServerApiClient,
  getRequestPath,
  getRetryAfter,
  isValidWebhookSignature,
  parseEventsResponse,
  unseal,
  unsealEventsResponse,
} from '@fingerprintjs/fingerprintjs-pro-server-api';
import type { RunningWhorl } from '@whorl/testing';
import { noteUse, notingUse } from './note-use.ts';

type Fetch = typeof fetch;
type Server = Pick<RunningWhorl, 'url' | 'secretKey'>;

const SDK = '@fingerprintjs/fingerprintjs-pro-server-api';

/** The official SDK knows only the vendor's hosts, but takes a `fetch`: this one asks the server at `url` instead. */
export const fetchFrom =
  (url: string): Fetch =>
  (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input);
    return fetch(url + asked.pathname + asked.search, init);
  };

/** The official Node SDK, unmodified, as a client of this server. The key is the server's secret one unless given. */
export const officialClient = (
  { url, secretKey }: Server,
  apiKey: string = secretKey,
  through: Fetch = fetchFrom(url),
): FingerprintJsServerApiClient => notingUse(SDK, new FingerprintJsServerApiClient({ apiKey, fetch: through }));

/** The same with the key in the query in place of a header. */
export const officialClientByQuery = (
  { url, secretKey }: Server,
  through: Fetch = fetchFrom(url),
): FingerprintJsServerApiClient => {
  noteUse(SDK, 'AuthenticationMode.QueryParameter');
  const authenticationMode = AuthenticationMode.QueryParameter;
  return notingUse(SDK, new FingerprintJsServerApiClient({ apiKey: secretKey, authenticationMode, fetch: through }));
};

/** The functions that the SDK publishes besides its client. */
export const officialFunctions = notingUse(SDK, {
  getRequestPath,
  getRetryAfter,
  isValidWebhookSignature,
  parseEventsResponse,
  unseal,
  unsealEventsResponse,
});
