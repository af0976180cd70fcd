import { FingerprintJsServerApiClient } from '@fingerprintjs/fingerprintjs-pro-server-api';
import type { RunningWhorl } from '@whorl/testing';

type Fetch = typeof fetch;

/** The official SDK knows only the vendor's hosts, but takes a `fetch`: this one asks the server at `url` instead. */
export const fetchFrom =
  (url: string): Fetch =>
  (input, init) => {
    const asked = new URL(input instanceof Request ? input.url : input);
    return fetch(url + asked.pathname + asked.search, init);
  };

/** The official Node SDK, unmodified, as a client of this server. The key is the server's secret one unless given. */
export const officialClient = (
  { url, secretKey }: Pick<RunningWhorl, 'url' | 'secretKey'>,
  apiKey: string = secretKey,
  through: Fetch = fetchFrom(url),
): FingerprintJsServerApiClient => new FingerprintJsServerApiClient({ apiKey, fetch: through });
