/** Code that reads one event from a server, ready to be run. `base` is the server's address with a slash at its end. */
export type Snippet = { title: string; language: string; code: string };

/** The official Node SDK, which has no setting for the server's address but takes a `fetch`, and plain curl. */
export const snippets = (base: string, requestId: string): Snippet[] => [
  {
    title: 'Official Node SDK',
    language: 'JavaScript',
    code: `// npm install @fingerprintjs/fingerprintjs-pro-server-api
import {
  FingerprintJsServerApiClient,
} from '@fingerprintjs/fingerprintjs-pro-server-api';

const whorl = '${base}';
const client = new FingerprintJsServerApiClient({
  apiKey: process.env.WHORL_SECRET_KEY,
  fetch: (url, init) => {
    const { pathname, search } = new URL(url);
    return fetch(new URL(\`.\${pathname}\${search}\`, whorl), init);
  },
});

const event = await client.getEvent('${requestId}');
console.log(event.products.identification.data.visitorId);`,
  },
  {
    title: 'curl',
    language: 'shell',
    code: `curl -H "Auth-API-Key: $WHORL_SECRET_KEY" \\
  ${base}events/${requestId}`,
  },
];
